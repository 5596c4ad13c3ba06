import { type Diagnostic, Reporter } from '../docs/diagnostics.ts'
import type { Field } from '../docs/field.ts'
import type { Operation } from '../docs/operation-page.ts'
import type { Documentation } from '../docs/read.ts'
import { type Document, methods, type OperationObject, type Schema } from '../openapi/document.ts'
import { bodySchema, dataSchema, jsonSchema, labelOf, operationsOf } from '../openapi/operations.ts'
import { fieldsWithin } from './fields-within.ts'
import { plainFields } from './plain-fields.ts'

/** A row of a page, and whether its value is encrypted once the overlays are applied. */
interface Judged {
  operation: Operation
  label: string
  place: string
  field: Field
  encrypted: boolean
}

/**
 * Finds fields that are plain here and encrypted in another operation, under the same name and label: somebody took the
 * mark off, or forgot it. An overlay that encrypts the field, or an entry of {@link plainFields}, settles it.
 *
 * The operations with such a field are removed from the documents, so that the last run's are kept.
 * @param plain the fields that are plain, by operation and place, each with the reason
 */
export function checkEncryption(
  { pages }: Documentation,
  documents: Map<string, Document>,
  plain: ReadonlyMap<string, string> = plainFields,
): Diagnostic[] {
  const compiled = new Map<string, { label: string; object: OperationObject }>()
  for (const document of documents.values())
    for (const placed of operationsOf(document).filter(({ operation }) => !operation['x-derived-from']))
      compiled.set(placed.operation['x-source'], { label: labelOf(placed), object: placed.operation })
  const judged = pages.flatMap(({ operations }) =>
    operations.flatMap((operation) => {
      const found = compiled.get(`${operation.file}#${operation.method}`)
      return found ? fieldsOf(operation, found.label, found.object) : []
    }),
  )
  const encrypted = new Map<string, Judged>()
  for (const one of judged)
    if (one.encrypted && !encrypted.has(keyOf(one.field))) encrypted.set(keyOf(one.field), one)
  const findings: Diagnostic[] = []
  const left = new Set<string>()
  for (const { operation, label, place, field, encrypted: own } of judged) {
    const other = !own && field.type === 'string' ? encrypted.get(keyOf(field)) : undefined
    if (!other || plain.has(`${label} ${place}`)) continue
    const reporter = new Reporter(operation.file)
    reporter.report(
      'encryption-missing',
      field,
      `${field.name} (${field.description.term}) is plain here but encrypted in ${other.operation.file}:${other.field.line}: ` +
        'add data-encrypted, encrypt it by overlay, or list it in codegen/spec/plain-fields.ts',
    )
    findings.push(...reporter.findings)
    left.add(label)
  }
  if (left.size > 0) leaveOut(left, documents)
  return findings
}

function keyOf({ name, description }: Field): string {
  return `${name}\n${description.term}`
}

function fieldsOf(operation: Operation, label: string, object: OperationObject): Judged[] {
  const marks = marksOf(object)
  return fieldsWithin(operation).flatMap(([place, field]) => {
    if (field.description.term === undefined) return []
    const encrypted = marks.get(place) ?? field.encryption === 'rsa'
    return [{ operation, label, place, field, encrypted }]
  })
}

/** Whether the fields of an operation are encrypted, by their place. */
function marksOf(operation: OperationObject): Map<string, boolean> {
  const marks = new Map<string, boolean>()
  for (const { name, in: where, schema, content } of operation.parameters ?? [])
    if (where === 'query') visit(`query.${name}`, schema ?? jsonSchema(content), marks)
  const isForm = operation.requestBody?.content['multipart/form-data'] !== undefined
  visitMembers(isForm ? 'body' : 'json', bodySchema(operation), marks)
  visitMembers('response', dataSchema(operation), marks)
  return marks
}

function visit(place: string, schema: Schema | undefined, marks: Map<string, boolean>): void {
  if (!schema) return
  const own = schema.items ?? schema
  const encrypted = own['x-encrypted'] !== undefined || schema['x-encrypted'] !== undefined
  marks.set(place, (marks.get(place) ?? false) || encrypted)
  visitMembers(place, schema, marks)
}

function visitMembers(place: string, schema: Schema | undefined, marks: Map<string, boolean>): void {
  if (!schema) return
  for (const [name, member] of Object.entries(schema.properties ?? {}))
    visit(`${place}.${name}`, member, marks)
  for (const inner of [schema.items, schema.contentSchema, ...(schema.oneOf ?? [])])
    visitMembers(place, inner, marks)
}

/** Leaves operations and what was derived from them out of the documents, and paths and documents that have none left. */
function leaveOut(labels: ReadonlySet<string>, documents: Map<string, Document>): void {
  for (const [name, { paths = {}, webhooks }] of [...documents]) {
    for (const [path, item] of Object.entries(paths)) {
      for (const method of methods) {
        const origin = item[method]?.['x-derived-from'] ?? labelOf({ method, path })
        if (labels.has(origin)) delete item[method]
      }
      if (Object.keys(item).length === 0) delete paths[path]
    }
    if (Object.keys(paths).length === 0 && !webhooks) documents.delete(name)
  }
}
