import { ConfigError, type ErrorContext, ResponseError, VerificationError } from '../errors.ts'
import { apiError } from '../exchange/api-error.ts'
import { keepBody, keptBody } from '../raw-body.ts'
import type { Result } from '../result.ts'
import { hasEffect } from '../retry/retryable.ts'
import type { OpenData } from './open-data.ts'
import type { Sent } from './openapi-fetch.ts'
import type { PreparedCall } from './prepare.ts'

/**
 * The result of a call: `data` of a verified 2xx, with its sensitive fields decrypted, or `error`.
 *
 * @throws {ConfigError} ERR_CONFIG_MIDDLEWARE when a middleware turned an error response into a success
 * @throws {VerificationError} ERR_RESPONSE_MALFORMED
 * @throws {EncryptionError} ERR_DECRYPT, ERR_DECRYPT_KEY
 */
export async function resultOf(call: PreparedCall, sent: Sent, openData: OpenData): Promise<Result<unknown>> {
  try {
    const result = await read(call, sent, openData)
    keepBody(result, sent.exchanged.bytes)
    keepBody(result.error, sent.exchanged.bytes)
    return result
  } catch (failure) {
    const { failureOf } = await import('../retry/outcome.ts')
    const { operation, request, response, ...exchanged } = sent.exchanged
    // After a success it took effect, and the caller does not see what.
    const lastUnsettled = response.ok ? hasEffect(operation) : exchanged.lastUnsettled
    const unsettled = lastUnsettled || exchanged.unsettled
    throw failureOf(failure, { operation, request, attempts: [], unsettled, lastUnsettled })
  }
}

async function read(
  { operation, parseAs, within }: PreparedCall,
  { data, error, response, exchanged }: Sent,
  openData: OpenData,
): Promise<Result<unknown>> {
  const { name, traits } = operation
  if (response.ok && !exchanged.response.ok) {
    throw new ConfigError('ERR_CONFIG_MIDDLEWARE', 'a middleware turned an error response into a success', {
      operation: name,
      hint: 'Give a new Response the status of the one that came',
    })
  }
  if (!response.ok)
    return { error: await apiError(response, error, { ...exchanged, outcome: exchanged }), response }
  if (parseAs !== 'json') return { data, response }
  const context = { operation: name, requestId: response.headers.get('Request-ID') ?? undefined }
  const value = parsed(data, context)
  const { response: places } = traits
  const opened = places ? await within(() => openData(value, places, context)) : value
  return { data: opened, response }
}

/**
 * The data of a result.
 *
 * @throws {ResponseError} for an error of the API
 */
export function dataOf<Data>(result: Result<Data>, operation: string): Data {
  if (result.error) {
    const thrown = new ResponseError(result.error, operation)
    keepBody(thrown, keptBody(result))
    throw thrown
  }
  keepBody(result.data, keptBody(result))
  return result.data
}

function parsed(text: unknown, context: ErrorContext): unknown {
  if (typeof text !== 'string' || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the body, which may hold personal data.
    throw new VerificationError('ERR_RESPONSE_MALFORMED', 'the response is verified, but it is not JSON', {
      ...context,
      hint: "Is it a file? Then call with parseAs: 'arrayBuffer' or 'stream'",
    })
  }
}
