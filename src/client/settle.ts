import { RequestError, type WechatpayError } from '../errors.ts'
import type { ApiError, Result } from '../result.ts'
import type { SettledBy } from '../settled-by.ts'
import { internalsOf } from './internals.ts'

/** What `settle` reads of an error: it may come from a log. */
type Unsettled = Pick<WechatpayError, 'unsettled' | 'settledBy'> | Pick<ApiError, 'unsettled' | 'settledBy'>

/**
 * Asks WeChat Pay what became of a request that may have taken effect:
 *
 * ```ts
 * const { data, error } = await client.POST('/v3/refund/domestic/refunds', { body })
 * if (error?.unsettled) {
 *   const refund = await settle<{ status: string }>(client, error)
 *   // refund.data is the refund; refund.error with HTTP 404 says that there is none: repeat it with the same number
 * }
 * ```
 *
 * A query just after the request may come too soon: ask again before you take a 404 for an answer.
 *
 * @typeParam Data of the query's response; nothing checks it
 * @param client made by `createClient`, with the operations of the request
 * @param error thrown by a call, or the `error` of its result; also one that was logged as JSON
 * @returns the result of the query in `error.settledBy`
 * @throws {RequestError} ERR_SETTLE for an error that is not unsettled, and where no query settles the request
 * @throws {ConfigError} when `client` was not made by `createClient`
 */
export async function settle<Data = unknown>(client: object, error: unknown): Promise<Result<Data>> {
  const { call } = internalsOf(client)
  const { unsettled, settledBy } = (typeof error === 'object' && error ? error : {}) as Unsettled
  if (unsettled !== true) {
    throw new RequestError('ERR_SETTLE', 'the error is not unsettled: the request had no effect', {
      hint: 'Correct what the error says, and call again',
    })
  }
  if (!isQuery(settledBy)) {
    throw new RequestError('ERR_SETTLE', 'no query settles this request', {
      hint: 'Repeat it with the same number if it has one, which takes effect once. Otherwise look at the merchant platform',
    })
  }
  const { operation, params } = settledBy
  return (await call('GET', operation.slice(4), { params, throwOnError: false })) as Result<Data>
}

function isQuery(query: Partial<SettledBy> | undefined): query is SettledBy {
  const { operation, params } = query ?? {}
  return (
    typeof operation === 'string' &&
    operation.startsWith('GET /') &&
    typeof params === 'object' &&
    params !== null
  )
}
