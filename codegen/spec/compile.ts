import { byKey } from '../by-code-unit.ts'
import { byPlace, type Diagnostic, Reporter } from '../docs/diagnostics.ts'
import type { Operation } from '../docs/operation-page.ts'
import type { Documentation } from '../docs/read.ts'
import { groupBy } from '../group-by.ts'
import type { Document, Method, OperationObject } from '../openapi/document.ts'
import { labelOf, type PlacedOperation } from '../openapi/operations.ts'
import type { Descriptions } from './context.ts'
import { domainDocument } from './domain.ts'
import { indexLookup } from './index-lookup.ts'
import { listPairs, pairOf } from './list-pairs.ts'
import { type MergedOperation, mergeCollisions } from './merge.ts'
import { type Moved, movedPages } from './moved.ts'
import { NameRegistry } from './name-registry.ts'
import { operationObject, type Surroundings } from './operation-object.ts'
import { webhookObject, webhooksDocument, webhooksName } from './webhook-object.ts'

export interface Compilation {
  /** By name: one for each product domain, and `webhooks`. */
  documents: Map<string, Document>
  findings: Diagnostic[]
}

interface CompileOptions {
  descriptions?: Descriptions
}

/** Makes OpenAPI documents of the pages. */
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
  const moved = movedPages(pages, surroundings.operationAt, reporterOf)
  const contextOf = (file: string, place: string, operation?: Operation): Surroundings => ({
    ...surroundings,
    place,
    bothModes: operation !== undefined && surroundings.entryOf(operation)?.mode === 'both',
    report: (rule, at, message) => reporterOf(file).report(rule, at, message),
  })
  const documents = new Map<string, Document>()
  const names = new NameRegistry(reporterOf)
  const placed = operations.filter((operation) => names.takeDomain(operation.path, operation))
  for (const [domain, group] of [...groupBy(placed, (operation) => operation.domain)].sort(byKey)) {
    const objects = group.flatMap((operation): PlacedOperation[] => {
      const object = operationObject(operation, contextOf(operation.file, labelOf(operation), operation))
      const aliases = [...operation.aliases, ...aliasesOf(operation, moved)]
      if (aliases.length > 0) object['x-path-aliases'] = aliases
      if (!names.take(object.operationId, labelOf(operation), operation)) return []
      return [{ path: operation.path, method: operation.method as Method, operation: object }]
    })
    const redirects = moved.filter((one) => one.domain === domain && !one.alias)
    if (objects.length > 0) documents.set(domain, domainDocument(domain, objects, redirects))
  }
  const notifications = pages.flatMap((page) => page.notifications)
  if (notifications.length > 0) {
    const objects = notifications.flatMap((one): [string, OperationObject][] => {
      const object = webhookObject(one, contextOf(one.file, one.event))
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

function surroundingsOf(
  documentation: Documentation,
  operations: MergedOperation[],
  descriptions: Descriptions,
  reporterOf: (file: string) => Reporter,
): Omit<Surroundings, 'report' | 'place' | 'bothModes'> {
  const pairs = listPairs(operations)
  const pages = new Map<string, string>()
  for (const operation of operations) {
    const { file, method } = operation
    pages.set(`${file}#${method}`, labelOf(operation))
    if (!pages.has(file)) pages.set(file, labelOf(operation))
  }
  return {
    descriptions,
    entryOf: indexLookup(documentation, reporterOf),
    operationAt: (page) => pages.get(page),
    isList: (field, child) => pairs.get(pairOf(field, child)) ?? pairs.get(child.name),
  }
}
