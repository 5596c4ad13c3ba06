import type { Operation } from '../operations/operation.ts'

/** Whether an operation that succeeds may change anything. A GET never does. */
export function hasEffect({ name }: Operation): boolean {
  return !name.startsWith('GET ')
}

/** Whether a request may be sent twice: a GET, or a body that carries the merchant's own number of the request. */
export function retryable(
  { method, body }: { method: string; body?: unknown },
  { traits, repeatable }: Operation,
): boolean {
  if (repeatable !== undefined) return repeatable
  if (method === 'GET') return true
  const { idempotencyKey } = traits
  if (idempotencyKey === undefined || typeof body !== 'string') return false
  try {
    const value = (JSON.parse(body) as Record<string, unknown> | null)?.[idempotencyKey]
    return typeof value === 'string' && value !== ''
  } catch {
    return false
  }
}
