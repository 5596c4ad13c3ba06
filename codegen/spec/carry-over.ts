import { byCodeUnit } from '../by-code-unit.ts'
import type { Diagnostic } from '../docs/diagnostics.ts'
import { type Document, methods, type PathItem } from '../openapi/document.ts'

/**
 * Keeps the operations of pages that do not compile now but did before, so that a slip in a page never removes an
 * operation from the SDK.
 * @param documents what was compiled, by name; changed in place
 * @param previous the documents of the last run
 * @param findings with the errors that name the failing pages, or the folders that could not be read
 * @returns how many operations were kept
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
    for (const key of ['paths', 'webhooks'] as const) {
      for (const [path, item] of Object.entries(old[key] ?? {})) {
        for (const method of methods) {
          const operation = item[method]
          if (!operation || !failed(operation['x-source'])) continue
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
    }
  }
  return kept
}

function mergeTags(document: Document, old: Document): { name: string }[] {
  const used = new Set(
    Object.values(document.paths ?? {}).flatMap((item) =>
      methods.flatMap((method) => item[method]?.tags ?? []),
    ),
  )
  const names = new Set(
    [...(document.tags ?? []), ...(old.tags ?? [])].map(({ name }) => name).filter((name) => used.has(name)),
  )
  return [...names].sort(byCodeUnit).map((name) => ({ name }))
}

function sorted(items: Record<string, PathItem>): Record<string, PathItem> {
  return Object.fromEntries(Object.entries(items).sort(([a], [b]) => byCodeUnit(a, b)))
}

function ordered(item: PathItem): PathItem {
  const own = methods.flatMap((method) => (item[method] ? [[method, item[method]]] : []))
  return {
    ...Object.fromEntries(own),
    ...(item['x-superseded-by'] && { 'x-superseded-by': item['x-superseded-by'] }),
  }
}
