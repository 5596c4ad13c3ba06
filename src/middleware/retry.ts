import { asFetchError } from '../network.ts'
import { knownOperations, operationOr } from '../operations/operation.ts'
import type { Operations } from '../operations/table.ts'
import { type RetryOptions, retryPolicy, type TimeOptions } from '../retry/policy.ts'
import { retryable } from '../retry/retryable.ts'
import { withRetries } from '../retry/with-retries.ts'
import type { SignatureMiddleware } from './signature.ts'
import type { VerificationMiddleware } from './verification.ts'

/** Options of {@link retry}. */
export interface RetryMiddlewareOptions extends RetryOptions, TimeOptions {
  /** Signs each attempt. */
  signature: SignatureMiddleware
  /** Verifies each response. */
  verification: VerificationMiddleware
  /** What the pages say of the operations that are called: which of them may be sent twice. Without it, only a GET. */
  operations?: readonly Operations[] | undefined
  /** Default: the platform's own `fetch`. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
}

/** An openapi-fetch middleware that sends requests and retries them. It must be the last. */
export interface RetryMiddleware {
  onRequest(context: { request: Request; schemaPath: string }): Promise<Response>
}

/**
 * Sends requests and retries those that are safe to repeat, on any openapi-fetch client. It replaces `signature()` and
 * `verification()`, since each attempt is signed anew:
 *
 * ```ts
 * client.use(retry({ signature: signature(options), verification: verification(options) }))
 * ```
 *
 * @see RetryOptions for what is retried
 */
export function retry(options: RetryMiddlewareOptions): RetryMiddleware {
  const { signature, verification, fetch } = options
  const policy = retryPolicy({ ...options, retry: options })
  const operations = knownOperations(options.operations ?? [])
  return {
    async onRequest({ request, schemaPath }) {
      const operation = operationOr(operations, request.method, schemaPath)
      const body = await request.text()
      const { response } = await withRetries(
        async ({ signal, sending }) => {
          const copy = new Request(request.url, {
            method: request.method,
            headers: request.headers,
            signal,
            ...(body !== '' && { body }),
          })
          const signed = await signature.onRequest({
            request: await verification.onRequest({ request: copy }),
            schemaPath,
          })
          signal.throwIfAborted()
          sending()
          const send = async () => (fetch ?? globalThis.fetch)(signed)
          const answer = await send().catch(
            asFetchError({ operation: operation.name }, signal, fetch === undefined),
          )
          const response = await verification.onResponse({ request: signed, response: answer, schemaPath })
          return { response }
        },
        {
          operation,
          request: { url: request.url, body },
          retryable: () => retryable({ method: request.method, body }, operation),
          signal: request.signal,
          policy,
        },
      )
      return response
    },
  }
}
