import { byPlace, type Diagnostic, Reporter } from '../docs/diagnostics.ts'
import type { Documentation } from '../docs/read.ts'
import type { Document, Method, OperationObject } from '../openapi/document.ts'
import type { Descriptions } from './context.ts'
import { domainDocument, type PlacedObject } from './domain.ts'
import { indexLookup } from './index-lookup.ts'
import { listPairs, pairOf } from './list-pairs.ts'
import { type MergedOperation, mergeCollisions } from './merge.ts'
import { type Moved, movedPages } from './moved.ts'
import { NameRegistry } from './name-registry.ts'
import { operationObject, type Surroundings } from './operation-object.ts'
import { webhookObject, webhooksDocument, webhooksName } from './webhook-object.ts'

export interface Compilation {
  /** By name: one a product domain, and `webhooks`. */
  documents: Map<string, Document>
  findings: Diagnostic[]
}

export interface CompileOptions {
  descriptions?: Descriptions
}

/** Turns the pages that were read into OpenAPI documents. */
export function compile(documentation: Documentation, options: CompileOptions = {}): Compilation {
  const reporters = new Map<string, Reporter>()
  const reporterOf = (file: string): Reporter => {
    const known = reporters.get(file) ?? new Reporter(file)
    reporters.set(file, known)
    return known
  }
  const { pages } = documentation
  const operations = mergeCollisions(
    pages.flatMap((page) => page.operations),
    reporterOf,
  )
  const surroundings = surroundingsOf(documentation, operations, options.descriptions ?? 'terms', reporterOf)
  const moved = movedPages(pages, surroundings.operationAt)
  const contextOf = (file: string): Surroundings => ({
    ...surroundings,
    report: (rule, at, message) => reporterOf(file).report(rule, at, message),
  })
  const documents = new Map<string, Document>()
  const names = new NameRegistry(reporterOf)
  const placed = operations.filter((operation) => names.takeDomain(operation.path, operation))
  for (const [domain, group] of byDomain(placed)) {
    const objects = group.flatMap((operation): PlacedObject[] => {
      const object = operationObject(operation, contextOf(operation.file))
      const aliases = [...operation.aliases, ...aliasesOf(operation, moved)]
      if (aliases.length > 0) object['x-path-aliases'] = aliases
      const { method, path } = operation
      if (!names.take(object.operationId, `${method.toUpperCase()} ${path}`, operation)) return []
      return [{ path: operation.path, method: operation.method as Method, object }]
    })
    const redirects = moved.filter((one) => one.domain === domain && !one.alias)
    if (objects.length > 0) documents.set(domain, domainDocument(domain, objects, redirects))
  }
  const notifications = pages.flatMap((page) => page.notifications)
  if (notifications.length > 0) {
    const objects = notifications.flatMap((one): [string, OperationObject][] => {
      const object = webhookObject(one, contextOf(one.file))
      return names.take(object.operationId, one.event, one) ? [[one.event, object]] : []
    })
    if (objects.length > 0) documents.set(webhooksName, webhooksDocument(objects))
  }
  return {
    documents,
    findings: [...reporters.values()].flatMap((reporter) => reporter.findings).sort(byPlace),
  }
}

function aliasesOf({ method, path }: MergedOperation, moved: Moved[]): string[] {
  return moved
    .filter((one) => one.alias && one.target === path && one.method === method.toUpperCase())
    .map(({ from }) => from)
}

function byDomain(operations: MergedOperation[]): [string, MergedOperation[]][] {
  const domains = new Map<string, MergedOperation[]>()
  for (const operation of operations) {
    const group = domains.get(operation.domain)
    if (group) group.push(operation)
    else domains.set(operation.domain, [operation])
  }
  return [...domains].sort(([a], [b]) => (a < b ? -1 : 1))
}

function surroundingsOf(
  documentation: Documentation,
  operations: MergedOperation[],
  descriptions: Descriptions,
  reporterOf: (file: string) => Reporter,
): Omit<Surroundings, 'report'> {
  const pairs = listPairs(operations)
  const pages = new Map<string, string>()
  for (const { file, method, path } of operations) {
    const name = `${method.toUpperCase()} ${path}`
    pages.set(`${file}#${method}`, name)
    if (!pages.has(file)) pages.set(file, name)
  }
  return {
    descriptions,
    entryOf: indexLookup(documentation, reporterOf),
    operationAt: (page) => pages.get(page),
    isList: (field, child) => pairs.get(pairOf(field, child)) ?? pairs.get(child.name),
  }
}
