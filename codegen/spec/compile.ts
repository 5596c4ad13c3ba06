import { byPlace, type Diagnostic, Reporter } from '../docs/diagnostics.ts'
import type { Documentation } from '../docs/read.ts'
import type { Descriptions } from './context.ts'
import type { Document, Method, OperationObject } from './document.ts'
import { domainDocument, type PlacedObject } from './domain.ts'
import { listPairs, pairOf } from './list-pairs.ts'
import { type MergedOperation, mergeCollisions } from './merge.ts'
import { type Moved, movedPages } from './moved.ts'
import { operationObject, type Surroundings } from './operation-object.ts'
import { webhookObject, webhooksDocument, webhooksName } from './webhooks.ts'

export interface Compilation {
  /** By name: one a product domain, and `webhooks`. */
  documents: Map<string, Document>
  findings: Diagnostic[]
}

export interface CompileOptions {
  descriptions?: Descriptions
  /** Only these documents. */
  only?: ReadonlySet<string>
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
  const surroundings = surroundingsOf(documentation, operations, options.descriptions ?? 'terms')
  const moved = movedPages(pages, surroundings.operationAt)
  const contextOf = (file: string): Surroundings => ({
    ...surroundings,
    report: (rule, at, message) => reporterOf(file).report(rule, at, message),
  })
  const wanted = (name: string) => options.only === undefined || options.only.has(name)
  const documents = new Map<string, Document>()
  const names = new Map<string, string>()
  for (const [domain, group] of byDomain(operations)) {
    if (!wanted(domain)) continue
    const objects = group.flatMap((operation): PlacedObject[] => {
      const object = operationObject(operation, contextOf(operation.file))
      const aliases = [...operation.aliases, ...aliasesOf(operation, moved)]
      if (aliases.length > 0) object['x-path-aliases'] = aliases
      if (!nameIsFree(operation, object.operationId, names, reporterOf(operation.file))) return []
      return [{ path: operation.path, method: operation.method as Method, object }]
    })
    const redirects = moved.filter((one) => one.domain === domain && !one.alias)
    documents.set(domain, domainDocument(domain, objects, redirects))
  }
  const notifications = pages.flatMap((page) => page.notifications)
  if (notifications.length > 0 && wanted(webhooksName)) {
    const objects = notifications.map((one): [string, OperationObject] => [
      one.event,
      webhookObject(one, contextOf(one.file)),
    ])
    documents.set(webhooksName, webhooksDocument(objects))
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

// Types are named after operations: two of one name would merge into one interface.
function nameIsFree(
  operation: MergedOperation,
  operationId: string,
  names: Map<string, string>,
  reporter: Reporter,
): boolean {
  const known = names.get(operationId)
  if (known === undefined) {
    names.set(operationId, operation.path)
    return true
  }
  reporter.report(
    'operation-name',
    operation,
    `${operationId} is the name of ${known} and of ${operation.path}`,
  )
  return false
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
  { index }: Documentation,
  operations: MergedOperation[],
  descriptions: Descriptions,
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
    index,
    operationAt: (page) => pages.get(page),
    isList: (field, child) => pairs.get(pairOf(field, child)) ?? pairs.get(child.name),
  }
}
