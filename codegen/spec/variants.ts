import type { Document, Schema } from '../openapi/document.ts'
import type { Overlay } from './overlay.ts'
import { type OverlayFinding, overlayFinding } from './overlay-finding.ts'
import { isMembers } from './overlay-merge.ts'
import { type Json, nodeAt, select } from './overlay-target.ts'

/**
 * One kind of payload of a table that has several. Names are dotted (`amount.total`), lists without `[]`.
 * An overlay lists the kinds in `x-variants` of the merged schema; see docs/pipeline.md.
 */
interface Variant {
  /** In PascalCase: the type is named after it. */
  title: string
  description: string
  required: string[]
  optional?: string[]
  /** The only values of a field in this kind. */
  values?: Record<string, (string | number)[]>
}

type Report = (message: string) => void

/**
 * Replaces each schema that an overlay gave `x-variants` by its kinds: `oneOf` them, the most usual first, or the kind
 * itself if there is one. After all overlays, so that each kind has the corrected fields.
 * @returns a finding for each name that the table lacks, and for each field of the table that no kind has
 */
export function expandVariants(
  documents: ReadonlyMap<string, Document>,
  overlays: readonly Overlay[],
): OverlayFinding[] {
  const findings: OverlayFinding[] = []
  for (const { file, document, actions } of overlays) {
    const root = documents.get(document) as unknown as Json | undefined
    if (!root) continue
    for (const action of actions) {
      if (!('update' in action) || !isMembers(action.update) || !action.update['x-variants']) continue
      const report = (message: string) =>
        findings.push(overlayFinding('overlay-variants', file, action, message))
      for (const location of select(root, action.target).found)
        expand(nodeAt(root, location) as Schema & { 'x-variants'?: Variant[] }, report)
    }
  }
  return findings
}

function expand(schema: Schema & { 'x-variants'?: Variant[] }, report: Report): void {
  const { 'x-variants': variants = [], ...table } = schema
  const kinds = variants.map((variant) => kindOf(table, variant, report))
  for (const name of Object.keys(table.properties ?? {}))
    if (!kinds.some((kind) => Object.hasOwn(kind.properties!, name)))
      report(`no variant has ${name}: add it to those that send it`)
  for (const name of Object.keys(schema)) delete schema[name as keyof Schema]
  const [only, ...others] = kinds
  if (others.length > 0) schema.oneOf = kinds
  else {
    const { title: _, ...rest } = only ?? {}
    Object.assign(schema, rest)
  }
}

function kindOf(table: Schema, { title, description, ...lists }: Variant, report: Report): Schema {
  const { required, optional = [], values = {} } = lists
  const own = new Set([...required, ...optional].map((name) => name.split('.')[0]!))
  const properties = Object.entries(table.properties ?? {}).filter(([name]) => own.has(name))
  const kind: Schema = {
    title,
    type: 'object',
    description,
    properties: Object.fromEntries(properties.map(([name, inner]) => [name, withoutRequired(inner)])),
  }
  const at = (name: string): { holder: Schema; last: string } | undefined => {
    const path = name.split('.')
    const last = path.pop()!
    let holder: Schema | undefined = kind
    for (const step of path) holder = holding(holder?.properties?.[step])
    if (holder?.properties && Object.hasOwn(holder.properties, last)) return { holder, last }
    report(`the table has no ${name}, which ${title} lists`)
    return undefined
  }
  for (const name of optional) at(name)
  for (const name of required) {
    const place = at(name)
    if (place) place.holder.required = [...(place.holder.required ?? []), place.last]
  }
  for (const [name, known] of Object.entries(values)) {
    const place = at(name)
    if (!place) continue
    const { 'x-extensible-enum': _, ...inner } = place.holder.properties![place.last]!
    place.holder.properties![place.last] = { ...inner, enum: known }
  }
  return kind
}

function holding(schema: Schema | undefined): Schema | undefined {
  return schema?.type === 'array' ? schema.items : schema
}

// A copy. The marks of a table of several kinds contradict each other, so that each kind lists its own.
function withoutRequired({ required: _, items, properties, ...rest }: Schema): Schema {
  return {
    ...rest,
    ...(items && { items: withoutRequired(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, withoutRequired(inner)]),
      ),
    }),
  }
}
