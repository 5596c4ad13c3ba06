import { type Hooks, notify, type Progress } from '../hooks.ts'
import type { Operation } from '../operations/operation.ts'
import type { Judged, Received } from '../response.ts'
import type { RetryPolicy } from '../retry/policy.ts'
import { retryable } from '../retry/retryable.ts'
import { type Attempt, type Retried, withRetries } from '../retry/with-retries.ts'
import type { Authorized, Authorizer } from '../signature/authorizer.ts'
import { setHeaders } from '../signature/set-headers.ts'
import { dispatch, type Fetch } from './dispatch.ts'
import { atEntryPoint, refuseOtherHost } from './entry-points.ts'
import type { SealedRequest } from './outgoing.ts'

/** How one request is attempted. */
export interface AttemptOptions {
  operation: Operation
  /** In the order of preference. The next one is used after a connection failed. */
  entryPoints: readonly string[]
  policy: RetryPolicy
  /** When the deadline began to run, in milliseconds since 1970; now by default. */
  start?: number | undefined
  /** The platform's own by default. */
  fetch?: Fetch | undefined
  /** Counts what is sent. */
  progress: Progress
  /** Reads and checks a response within the attempt's time limit. What it throws fails the attempt. */
  judge(received: Received, attempt: Pick<Attempt, 'signal' | 'hold'>): Promise<Judged>
}

/** A judged response, and how it was obtained. */
export interface Attempted extends Retried {
  /** What the last attempt signed, without the body. */
  authorized: Authorized | undefined
  operation: Operation
  /** As it was sent. */
  request: SealedRequest
}

/** Signs, sends and judges a request until one attempt succeeds or no further one is allowed. */
export type Attempts = (request: SealedRequest, options: AttemptOptions) => Promise<Attempted>

/**
 * The only way to WeChat Pay: calls, downloads and the certificate list all go through it, so each attempt is signed
 * anew, bounded in time and visible to the hooks.
 */
export function attempts(authorize: Authorizer, hooks: Hooks): Attempts {
  return async (request, { operation, entryPoints, policy, start, fetch, progress, judge }) => {
    const { name, traits } = operation
    const { method, headers, body, signal } = request
    const [preferred = ''] = entryPoints
    let authorized: Authorized | undefined
    refuseOtherHost(request.url, entryPoints, name)
    let repeatable: boolean | undefined
    const mayRepeat = () => {
      repeatable ??= retryable(request, operation)
      return repeatable
    }

    async function once({ number, disconnected, signal, hold, sending }: Attempt): Promise<Judged> {
      const entryPoint = entryPoints[disconnected % entryPoints.length] ?? preferred
      const url = atEntryPoint(request.url, preferred, entryPoint)
      if (!traits.unauthorized) {
        authorized = await authorize({ method, url, body: request.signedText ?? body })
      }
      // Signing may take a while: send nothing after the attempt was reported as over.
      signal.throwIfAborted()
      setHeaders(headers, authorized?.authorization, traits.unauthorized ? undefined : request.platformSerial)
      const event = { operation: name, attempt: number, entryPoint }
      notify(hooks.request, event)
      progress.attempts++
      progress.entryPoint = entryPoint
      const sentAt = Date.now()
      sending()
      const received = await dispatch({
        operation: name,
        method,
        url,
        headers,
        body,
        signal,
        // A GET takes no effect, and has no body that could be read once.
        once: () => method !== 'GET' && !mayRepeat(),
        file: operation.downloaded === true || traits.file === true || traits.digest !== undefined,
        fetch,
      })
      const judged = await judge(received, { signal, hold })
      // Nothing is reported after the end of the call.
      signal.throwIfAborted()
      const { response } = judged
      const requestId = response.headers.get('Request-ID')
      notify(hooks.response, {
        ...event,
        status: response.status,
        ...(requestId && { requestId }),
        duration: Date.now() - sentAt,
      })
      return judged
    }

    const retried = await withRetries(once, {
      operation,
      request,
      retryable: mayRepeat,
      signal,
      policy,
      start,
      onRetry: (event) => notify(hooks.retry, { operation: name, ...event }),
    })
    return { ...retried, authorized, operation, request }
  }
}
