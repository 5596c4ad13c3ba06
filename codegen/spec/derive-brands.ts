import { byKey } from '../by-code-unit.ts'
import type { Document, MediaType, OperationObject, PathItem, Response, Schema } from '../openapi/document.ts'
import { operationName } from '../openapi/operation-name.ts'
import { bodySchema, labelOf, operationsOf, type PlacedOperation } from '../openapi/operations.ts'
import { pathShape } from '../openapi/path-shape.ts'
import {
  type BrandNotification,
  type BrandTwins,
  brandModeName,
  brandNotifications,
  brandTwins,
} from './brand-twins.ts'
import { domainDocument } from './domain.ts'
import { type OverlayFinding, overlayFinding } from './overlay-finding.ts'
import { notificationId, webhooksName } from './webhook-object.ts'

/** The scheme of their Authorization. https://pay.weixin.qq.com/doc/brand/4015407523 */
const brandScheme = 'WECHATPAY-BRAND-SHA256-RSA2048'

/**
 * Adds what brands call and receive: a document of their operations, and their notifications beside the partners'.
 * Each is a copy of the partner's, with all that pages, overlays and the compiler know of it.
 *
 * Pages that have none of the partner's operations give nothing, and pages that have a few of them give those few.
 * @param partial the documents lack some operations: one that is missing is no finding
 * @returns a finding for each known operation whose partner's is gone, though the pages have most of its group
 */
export function deriveBrands(documents: Map<string, Document>, partial: boolean): OverlayFinding[] {
  const all = [...documents.values()]
  const findings: OverlayFinding[] = []
  const derived: PlacedOperation[] = []
  const known = byShape(all.flatMap(operationsOf))
  for (const group of brandTwins) {
    const found = group.operations.flatMap(([operation, page]) => {
      const partner = known.get(labelBelow(group.partner, operation))
      return partner ? [twin(partner, group, page)] : []
    })
    derived.push(...found)
    if (partial || found.length * 2 <= group.operations.length) continue
    for (const [operation] of group.operations) {
      const label = labelBelow(group.partner, operation)
      if (known.has(label)) continue
      findings.push(missing(labelBelow(group.brand, operation), label, successorOf(label, all)))
    }
  }
  if (derived.length > 0) documents.set(brandModeName, brandDocument(derived))
  const webhooks = documents.get(webhooksName)
  if (webhooks) findings.push(...deriveNotifications(webhooks, documents, partial))
  return findings
}

function brandDocument(operations: PlacedOperation[]): Document {
  const document = domainDocument(brandModeName, operations, [])
  document.info.title = '微信支付 APIv3 品牌商户'
  document.components.securitySchemes = { wechatpay: { type: 'http', scheme: brandScheme } }
  return document
}

function deriveNotifications(
  document: Document,
  documents: Map<string, Document>,
  partial: boolean,
): OverlayFinding[] {
  const items = document.webhooks ?? {}
  const found = brandNotifications.flatMap((one): [string, PathItem][] => {
    const partner = items[one.partner]?.post
    return partner ? [[one.event, { post: notificationTwin(partner, one) }]] : []
  })
  if (found.length > 0) {
    const webhooks = Object.fromEntries([...Object.entries(items), ...found].sort(byKey))
    documents.set(webhooksName, { ...document, webhooks })
  }
  if (partial || found.length * 2 <= brandNotifications.length) return []
  return brandNotifications
    .filter(({ partner }) => !items[partner]?.post)
    .map(({ event, partner }) => missing(event, partner))
}

/** The operation of a brand that is a partner's, at its own path and without what the signature says. */
function twin(
  { path, method, operation }: PlacedOperation,
  group: BrandTwins,
  page?: number,
): PlacedOperation {
  const { requestBody, parameters, responses, externalDocs, ...partner } = structuredClone(operation)
  const { 'x-source': source, 'x-mode': _mode, 'x-chain': _chain, ...extensions } = partner
  const own = renamed(path, group)
  const kept = parameters?.filter(({ name }) => !group.request.includes(name)) ?? []
  const body = requestBody && withoutFields(requestBody.content, group.request)
  const made: OperationObject = {
    ...extensions,
    operationId: operationName(method, own),
    ...(externalDocs && { externalDocs: page === undefined ? externalDocs : { url: pageUrl(page) } }),
    ...(kept.length > 0 && { parameters: kept }),
    // Where brand_id was all that a partner sends, a brand sends no body.
    ...(requestBody && body && { requestBody: { ...requestBody, content: body } }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, one]) => [status, responseTwin(one, group.response)]),
    ),
    'x-source': source,
    'x-derived-from': labelOf({ method, path }),
  }
  return { path: own, method, operation: elsewhere(made, group) }
}

// What names other paths names those of brands, or nothing.
function elsewhere(operation: OperationObject, group: BrandTwins): OperationObject {
  const {
    'x-path-aliases': aliases,
    'x-superseded-by': successor,
    'x-settled-by': _settledBy,
    ...made
  } = operation
  const known = group.operations.some(
    ([one]) => successor !== undefined && labelBelow(group.partner, one) === pathShape(successor),
  )
  return {
    ...made,
    ...(aliases && { 'x-path-aliases': aliases.map((path) => renamed(path, group)) }),
    ...(known && { 'x-superseded-by': renamed(successor!, group) }),
  }
}

function notificationTwin(operation: OperationObject, one: BrandNotification): OperationObject {
  const { 'x-source': source, ...copy } = structuredClone(operation)
  for (const part of bodySchema(copy as OperationObject)?.allOf ?? []) {
    dropFields(part, one.drop ?? [])
    const type = part.properties?.['event_type']
    if (type?.enum) type.enum = type.enum.map((event) => (event === one.partner ? one.event : event))
  }
  return {
    ...copy,
    operationId: notificationId(one.event),
    ...(copy.summary && { summary: copy.summary.replaceAll(one.partner, one.event) }),
    ...(one.page !== undefined && { externalDocs: { url: pageUrl(one.page) } }),
    'x-source': source,
    'x-derived-from': one.partner,
  }
}

function responseTwin(response: OperationObject['responses'][string], names: readonly string[]) {
  if ('$ref' in response || !response.content) return response
  const content = withoutFields(response.content, names)
  return { ...response, ...(content && { content }) } satisfies Response
}

/** Removes fields from all bodies; undefined when one had no other. */
function withoutFields(
  content: Record<string, MediaType>,
  names: readonly string[],
): Record<string, MediaType> | undefined {
  for (const media of Object.values(content)) {
    const schema = media.schema as Schema
    const had = Object.keys(schema.properties ?? {}).length
    dropFields(schema, names)
    if (had > 0 && Object.keys(schema.properties ?? {}).length === 0) return undefined
    if (media.example !== undefined) media.example = withoutMembers(media.example, names)
  }
  return content
}

function dropFields(schema: Schema, names: readonly string[]): void {
  for (const name of names) delete schema.properties?.[name]
  const required = schema.required?.filter((name) => !names.includes(name))
  if (required?.length) schema.required = required
  else delete schema.required
  const { items, contentSchema, properties = {}, oneOf = [], allOf = [] } = schema
  for (const inner of [items, contentSchema, ...Object.values(properties), ...oneOf, ...allOf])
    if (inner) dropFields(inner, names)
}

function withoutMembers(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutMembers(item, names))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !names.includes(name))
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutMembers(inner, names)]))
}

function missing(name: string, partner: string, successor?: string): OverlayFinding {
  const now = successor === undefined ? '' : `, which is ${successor} now`
  const message =
    `no page documents ${partner}${now}, and ${name} is made of it: ` +
    'read the page, then correct the entry in codegen/spec/brand-twins.ts'
  return overlayFinding('twin-missing', `${brandModeName}.yaml`, { line: 1, column: 1 }, message)
}

// A path that was moved has a redirect in its place.
function successorOf(label: string, documents: Document[]): string | undefined {
  const path = label.split(' ')[1]
  return documents
    .flatMap(({ paths = {} }) => Object.entries(paths))
    .find(([one, item]) => pathShape(one) === path && item['x-superseded-by'])?.[1]['x-superseded-by']
}

function byShape(operations: PlacedOperation[]): Map<string, PlacedOperation> {
  return new Map(operations.map((one) => [pathShape(labelOf(one)), one]))
}

/** `POST /cards` below a prefix: `POST /brand/card-member/cards`. */
function labelBelow(prefix: string, operation: string): string {
  return operation.replace(' ', ` ${prefix}`)
}

function renamed(path: string, { partner, brand }: BrandTwins): string {
  return path.replace(partner, brand)
}

function pageUrl(id: number): string {
  return `https://pay.weixin.qq.com/doc/brand/${id}`
}
