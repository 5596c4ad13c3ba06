import { RequestError } from '../errors.ts'
import type { Fetch } from '../exchange/dispatch.ts'
import { entryPoints } from '../exchange/entry-points.ts'
import type { Progress } from '../hooks.ts'
import type { Operation } from '../operations/operation.ts'
import { ownProperties } from '../own.ts'
import { type RetryOptions, type RetryPolicy, retryPolicy, type TimeOptions } from '../retry/policy.ts'
import { withTimeLimit } from '../retry/time-limit.ts'
import { checkCallOptions } from './call-options.ts'
import type { Middleware } from './openapi-middleware.ts'
import { type CommonOptions, isBaseUrl } from './options.ts'

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export type Method = (typeof methods)[number]

/** What a call may carry at run time; the types of each operation are narrower. */
export interface Init extends TimeOptions {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown> }
  body?: unknown
  headers?: Headers | Readonly<Record<string, string>> | [string, string][]
  signal?: AbortSignal
  baseUrl?: string
  fetch?: Fetch
  middleware?: readonly Middleware[]
  parseAs?: string
  retry?: RetryOptions | false
  throwOnError?: boolean
}

/** A call with everything settled that does not depend on its request. */
export interface PreparedCall {
  method: Method
  /** With `{name}`, as openapi-fetch writes it. */
  schemaPath: string
  operation: Operation
  init: Init
  /** How the response's body is read: openapi-fetch's `parseAs`. */
  parseAs: string
  entryPoints: readonly string[]
  middleware: readonly Middleware[]
  policy: RetryPolicy
  /** When the deadline began to run, in milliseconds since 1970. */
  start: number
  fetch: Fetch | undefined
  progress: Progress
  /** Runs a step within what is left of the deadline. The hint is for an error that says that no time is left. */
  within<T>(step: (signal: AbortSignal) => Promise<T>, hint?: string): Promise<T>
}

/**
 * Merges the options of a call with those of the client.
 *
 * @throws {RequestError} ERR_REQUEST
 */
export function prepare(
  {
    method,
    schemaPath,
    operation,
    init: given,
    progress,
  }: Pick<PreparedCall, 'method' | 'schemaPath' | 'operation' | 'init' | 'progress'>,
  options: CommonOptions,
): PreparedCall {
  const init = ownProperties(given)
  const { name, traits } = operation
  checkInit(init, operation)
  const start = Date.now()
  const policy = retryPolicy(init, options)
  return {
    method,
    schemaPath,
    operation,
    init,
    parseAs: init.parseAs ?? (traits.file ? 'stream' : 'json'),
    entryPoints: entryPoints(operation, init.baseUrl === undefined ? options : { baseUrl: init.baseUrl }),
    middleware: [...(options.middleware ?? []), ...(init.middleware ?? [])],
    policy,
    start,
    fetch: init.fetch ?? options.fetch,
    progress,
    within: (step, hint) =>
      withTimeLimit(step, {
        signal: init.signal,
        timeout: Math.max(policy.deadline - (Date.now() - start), 1),
        context: { operation: name, hint },
      }),
  }
}

function checkInit(init: Init, { name: operation, traits }: Operation): void {
  if (init.baseUrl !== undefined && !isBaseUrl(init.baseUrl))
    throw new RequestError('ERR_REQUEST', 'baseUrl must be an https URL, or http of this machine', {
      operation,
    })
  if (traits.unsigned && init.parseAs === 'json')
    throw new RequestError('ERR_REQUEST', 'the response is not signed, so it is not read as JSON', {
      operation,
      hint: "It is a file: call with parseAs: 'stream', 'blob' or 'arrayBuffer'",
    })
  checkCallOptions(init, operation)
}
