import type { Field } from '../docs/field.ts'
import type { Operation } from '../docs/operation-page.ts'

/** All fields of an operation, by their place: `json.payer.name`, `query.mchid`, `response.data.name`. */
export function fieldsWithin(operation: Operation): [place: string, field: Field][] {
  const { query, json, multipart, response } = operation
  return [
    ...below('query', query),
    ...below('json', json?.children ?? []),
    ...below('body', multipart?.children ?? []),
    ...below('response', response.kind === 'json' ? response.fields : []),
  ]
}

function below(place: string, fields: readonly Field[]): [string, Field][] {
  return fields.flatMap((field) => {
    const own = `${place}.${field.name}`
    const inner = [field, ...(field.alternatives ?? [])].flatMap((one) => [
      ...one.children,
      ...(one.embedded ?? []),
    ])
    return [[own, field], ...below(own, inner)] as [string, Field][]
  })
}
