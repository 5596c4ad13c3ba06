import type { Document } from './spec-types.ts'

/** Resolves a local reference such as `{ $ref: '#/components/schemas/Payer' }`. */
export function dereference<T extends object>(document: Document, node: T): T {
  let found: unknown = node
  for (let depth = 0; isObject(found) && typeof found['$ref'] === 'string' && depth < 20; depth++) {
    const tokens = found['$ref'].replace(/^#\/?/, '').split('/')
    found = tokens.reduce<unknown>(
      (at, token) =>
        isObject(at) ? at[decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')] : undefined,
      document,
    )
  }
  return (found ?? {}) as T
}

/** Whether a value is an object and not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
