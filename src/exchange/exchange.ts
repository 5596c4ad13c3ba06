import type { Clock } from '../clock.ts'
import { type Hooks, notify } from '../hooks.ts'
import { asNetworkError } from '../network.ts'
import type { Operation } from '../operation.ts'
import type { RetryPolicy } from '../retry/policy.ts'
import { retryable } from '../retry/retryable.ts'
import { withTimeLimit } from '../retry/time-limit.ts'
import { type Attempt, type Retried, withRetries } from '../retry/with-retries.ts'
import type { Authorized, Authorizer } from '../signature/authorizer.ts'
import { setHeaders } from '../signature/set-headers.ts'
import type { KeySource } from '../verification/platform.ts'
import { verifyResponse } from '../verification/verify-response.ts'
import { redirected } from './entry-points.ts'
import type { Outgoing } from './outgoing.ts'
import { seal } from './seal.ts'

/** Sends a request that is signed already. */
export type Fetch = (request: Request) => Promise<Response>

/** What an exchange is made of. */
export interface ExchangeParts {
  authorize: Authorizer
  keys: KeySource
  clock: Clock
  hooks: Hooks
}

/** How one request is exchanged. */
export interface ExchangeOptions {
  operation: Operation
  entryPoints: readonly string[]
  policy: RetryPolicy
  /** When the deadline began to run: now, unless it did before. */
  start?: number
  /** The text that is signed in the body's place: that of a form's signed part. */
  signed?: string | undefined
  /** The key that a form is sealed with already. */
  platformSerial?: string | undefined
  fetch?: Fetch | undefined
}

/** A verified answer, and how it was come by. */
export interface Exchanged extends Retried {
  /** What the last attempt signed, without the body. */
  authorized: Authorized | undefined
}

/** Seals a request, signs it, sends it, and returns the answer once it is verified. */
export type Exchange = (outgoing: Outgoing, options: ExchangeOptions) => Promise<Exchanged>

/**
 * The one way out and in. It stands nearest to the wire, below openapi-fetch and every middleware of the
 * user's: sealing and signing come last, verification first, and each repetition is signed anew.
 */
export function exchange({ authorize, keys, clock, hooks }: ExchangeParts): Exchange {
  return async (
    outgoing,
    { operation, entryPoints, policy, start = Date.now(), signed, platformSerial, fetch },
  ) => {
    const left = () => Math.max(policy.deadline - (Date.now() - start), 1)
    const sealed = async (signal?: AbortSignal) => {
      await keys.ready(signal)
      return seal(outgoing, operation, keys, hooks)
    }
    const request = keys.remote
      ? await withTimeLimit(sealed, {
          signal: outgoing.signal,
          timeout: left(),
          context: { operation: operation.name },
        })
      : await sealed()
    const [entry = ''] = entryPoints
    let authorized: Authorized | undefined
    const once = async ({ number, disconnected, signal, hold }: Attempt) => {
      const entryPoint = entryPoints[disconnected % entryPoints.length] ?? entry
      const url = redirected(request.url, entry, entryPoint)
      const headers = new Headers(request.headers)
      if (!operation.traits.unauthorized) {
        authorized = await authorize({ method: request.method, url, body: signed ?? request.body })
      }
      // A signer may take a while: nothing leaves after the caller was told that it will not.
      signal.throwIfAborted()
      const serial = operation.traits.unauthorized ? undefined : (platformSerial ?? request.platformSerial)
      setHeaders(headers, authorized?.authorization, serial)
      const event = { operation: operation.name, attempt: number, entryPoint }
      notify(hooks.request, event)
      const sent = Date.now()
      const response = await send(
        new Request(url, {
          method: request.method,
          headers,
          redirect: 'manual',
          signal,
          ...(request.body !== undefined && { body: request.body }),
        }),
      ).catch(asNetworkError({ operation: operation.name }, signal, fetch === undefined))
      const answer = await verifyResponse(response, { operation, keys, clock, signal, hold })
      const requestId = answer.headers.get('Request-ID')
      const duration = Date.now() - sent
      notify(hooks.response, { ...event, status: answer.status, ...(requestId && { requestId }), duration })
      const by = answer.ok && !operation.traits.unsigned && answer.headers.get('Wechatpay-Serial')
      if (by) notify(hooks.key, { use: 'verify', serial: by, operation: operation.name })
      return answer
    }
    // The global one is looked up late, for those who replace it.
    const send = async (built: Request) => (fetch ?? globalThis.fetch)(built)
    const repeated = await withRetries(once, {
      operation,
      retryable: () => retryable(request, operation),
      signal: outgoing.signal,
      policy,
      start,
      onRetry: (event) => notify(hooks.retry, { operation: operation.name, ...event }),
    })
    return { ...repeated, authorized }
  }
}
