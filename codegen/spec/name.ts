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

function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
