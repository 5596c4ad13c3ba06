import type { Document, OperationObject, Parameter } from '../openapi/document.ts'
import { jsonSchema, labelOf, operationsOf } from '../openapi/operations.ts'

/**
 * The query that settles an operation, as the table of operations has it: how many segments its path has in common with
 * the operation's, the other segments, and the names of its query, a constant after `=`. A name that neither the query nor
 * the request requires has a `*`, as it may be absent. Of `POST /v3/refund/domestic/refunds` it is
 * `4/{out_refund_no}?sub_mchid*`. A value has the same name in the request.
 */
export function settledBy(operation: OperationObject, document: Document, path: string): string | undefined {
  const settling = operation['x-settled-by']
  if (!settling) return undefined
  const query = operationsOf(document).find((placed) => labelOf(placed) === settling.operation)
  if (!query) throw new Error(`x-settled-by of ${operation.operationId}: no ${settling.operation}`)
  const names: string[] = []
  for (const [name, value] of Object.entries(settling.parameters)) {
    const parameter = query.operation.parameters?.find((one) => one.name === name)
    if (!parameter || !isSource(value, name))
      throw new Error(`x-settled-by of ${operation.operationId}: ${name} cannot be ${value}`)
    if (parameter.in === 'path') continue
    const certain = parameter.required || required(operation, name)
    names.push(typeof value === 'boolean' ? `${name}=${value}` : certain ? name : `${name}*`)
  }
  return relative(query.path, path) + (names.length > 0 ? `?${names.join('&')}` : '')
}

// Most of a query's path is the operation's own.
function relative(path: string, from: string): string {
  const [segments, others] = [path, from].map((one) => one.split('/').slice(1)) as [string[], string[]]
  const shared = segments.findIndex((segment, index) => segment !== others[index])
  const count = shared < 0 ? segments.length : shared
  return [count, ...segments.slice(count)].join('/')
}

function isSource(value: string | boolean, name: string): boolean {
  return (
    typeof value === 'boolean' ||
    [`$request.body#/${name}`, `$request.path.${name}`, `$request.query.${name}`].includes(value)
  )
}

function required({ parameters = [], requestBody }: OperationObject, name: string): boolean {
  const own: Parameter | undefined = parameters.find((one) => one.name === name)
  return own?.required === true || jsonSchema(requestBody?.content)?.required?.includes(name) === true
}
