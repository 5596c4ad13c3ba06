import type { Document, Schema } from '../openapi/document.ts'
import { operationsOf } from '../openapi/operations.ts'

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/

/** Leaves times that are not RFC 3339 out of the samples of a document: some samples leave them blank. */
export function fitExamples(document: Document): void {
  for (const { operation } of operationsOf(document)) {
    const media = operation.requestBody?.content['application/json']
    if (media?.example === undefined) continue
    const fitting = fit(media.example, media.schema as Schema)
    if (fitting === undefined) delete media.example
    else media.example = fitting
  }
}

// Undefined when a required time does not fit.
function fit(value: unknown, schema: Schema): unknown {
  if (typeof value === 'string')
    return schema.format === 'date-time' && !instant.test(value) ? undefined : value
  if (Array.isArray(value)) {
    const items = value.map((item) => fit(item, schema.items ?? {}))
    return items.includes(undefined) ? undefined : items
  }
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).flatMap(([name, member]) => {
    const fitting = fit(member, schema.properties?.[name] ?? {})
    return fitting === undefined ? [] : [[name, fitting] as const]
  })
  const lost = (schema.required ?? []).some((name) => name in value && !kept.some(([own]) => own === name))
  return lost ? undefined : Object.fromEntries(kept)
}
