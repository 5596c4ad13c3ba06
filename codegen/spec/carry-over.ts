import { byCodeUnit, byKey } from '../by-code-unit.ts'
import type { Diagnostic } from '../docs/diagnostics.ts'
import { type Document, methods, type PathItem } from '../openapi/document.ts'
import { operationsOf, webhooksOf } from '../openapi/operations.ts'

/**
 * Keeps the operations of pages that compiled before but do not now, so that a mistake in a page does not remove an
 * operation from the SDK.
 * @param documents the compiled documents by name, which are changed
 * @param previous the documents of the last run
 * @param findings with an error for each page that does not compile and each folder that could not be read
 * @returns the number of operations that were kept
 */
export function carryOver(
  documents: Map<string, Document>,
  previous: ReadonlyMap<string, Document>,
  findings: Diagnostic[],
): number {
  const failing = [
    ...new Set(findings.filter(({ severity }) => severity === 'error').map(({ file }) => file)),
  ]
  const failed = (source: string) =>
    failing.some((file) => source.startsWith(`${file}#`) || source.startsWith(`${file}/`))
  let kept = 0
  for (const [name, old] of previous) {
    const all = [
      ...operationsOf(old).map((placed) => ({ key: 'paths', ...placed }) as const),
      ...webhooksOf(old).map((placed) => ({ key: 'webhooks', ...placed }) as const),
    ]
    for (const { key, path, method, operation } of all) {
      if (!failed(operation['x-source'])) continue
      const document = documents.get(name) ?? { ...old, [key]: {} }
      documents.set(name, document)
      if (document[key]?.[path]?.[method]) continue
      document[key] = sorted({
        ...document[key],
        [path]: ordered({ ...document[key]?.[path], [method]: operation }),
      })
      document.tags = mergeTags(document, old)
      if (!document.tags.length) delete document.tags
      kept++
    }
  }
  return kept
}

function mergeTags(document: Document, old: Document): { name: string }[] {
  const used = new Set(operationsOf(document).flatMap(({ operation }) => operation.tags ?? []))
  const names = new Set(
    [...(document.tags ?? []), ...(old.tags ?? [])].map(({ name }) => name).filter((name) => used.has(name)),
  )
  return [...names].sort(byCodeUnit).map((name) => ({ name }))
}

function sorted(items: Record<string, PathItem>): Record<string, PathItem> {
  return Object.fromEntries(Object.entries(items).sort(byKey))
}

function ordered(item: PathItem): PathItem {
  const own = methods.flatMap((method) => (item[method] ? [[method, item[method]]] : []))
  return {
    ...Object.fromEntries(own),
    ...(item['x-superseded-by'] && { 'x-superseded-by': item['x-superseded-by'] }),
  }
}
