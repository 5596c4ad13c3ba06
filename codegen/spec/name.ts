import { pascal } from '../openapi/pascal.ts'

/**
 * The name of an operation, `PayTransactionsJsapiPost`, from its path and method: every segment behind a leading
 * `v3`, variables like any other. Types are named after it.
 */
export function operationName(method: string, path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '')
  if (segments[0] === 'v3') segments.shift()
  return [...segments, method].map(pascal).join('')
}

/** `TRANSACTION.SUCCESS` → `TransactionSuccess`. */
export function eventName(event: string): string {
  return pascal(event.toLowerCase())
}
