import { RequestError } from '../errors.ts'
import { nearest } from './nearest.ts'
import type { KnownOperations } from './operation.ts'
import { operationsAt } from './spelling.ts'

/**
 * The error for an operation that a client does not know. It is not sent: nobody knows which of its fields are to be
 * encrypted, or whether it may be repeated.
 *
 * @param path as the caller wrote it
 */
export function unknownOperation(method: string, path: string, operations: KnownOperations): RequestError {
  // What follows may be personal data.
  const shown = path.replace(/[?#].*$/s, '').slice(0, 200)
  return new RequestError('ERR_OPERATION_UNKNOWN', `there is no ${method} ${shown}`, {
    operation: `${method} ${shown}`,
    hint: `${adviceFor(method, shown, operations)} An operation that is not documented is called through unlisted(client)`,
  })
}

function adviceFor(method: string, path: string, operations: KnownOperations): string {
  const names = operations.names()
  const others = [...names].flatMap((name) =>
    name.endsWith(` ${path}`) ? name.slice(0, -path.length - 1) : [],
  )
  if (others.length > 0) return `This path takes ${others.join(' and ')}.`
  const [meant] = operationsAt(method, path, operations)
  if (meant) return `Write it as ${meant.name.slice(method.length + 1)}, with its variables in params.path.`
  const near = nearest(names, `${method} ${path}`)
  const suggestion = near ? `Did you mean ${near}?` : 'This client knows no operation.'
  const [product] = /^\/v3\/[^/]+/.exec(path) ?? []
  if (!product || [...names].some((name) => `${name}/`.includes(` ${product}/`))) return suggestion
  return `${suggestion} This client has no operation of ${product}: pass those of its entry to createClient, if there is one.`
}
