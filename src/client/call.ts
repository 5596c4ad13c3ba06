import type { Result } from '../../generated/shared.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { SealedForm } from '../exchange/seal.ts'
import type { Decrypter } from '../keys/decrypter.ts'
import type { Operation } from '../operation.ts'
import { openapiFetch } from './openapi-fetch.ts'
import type { CommonOptions } from './options.ts'
import { type Init, type Method, prepare } from './prepare.ts'
import { resultOf } from './result.ts'

/** What all calls of a client share. */
export interface CallParts {
  exchange: Exchange
  /** Writes the form of an upload. */
  sealForm(body: unknown, operation: Operation, signal: AbortSignal): Promise<SealedForm>
  decrypter: Decrypter
  options: CommonOptions
}

/** One call. */
export type Call = (method: Method, path: string, init?: Init) => Promise<Result<unknown>>

/** Makes the calls of a client: prepare, write the form of an upload, send, read the result. */
export function calls({ exchange, sealForm, decrypter, options }: CallParts): Call {
  const send = openapiFetch(exchange, options.headers)
  return async (method, path, init = {}) => {
    const call = prepare(method, path, init, options)
    const { operation, within } = call
    const { body } = call.init
    const form =
      operation.traits.form && body !== undefined
        ? await within((signal) => sealForm(body, operation, signal))
        : undefined
    return resultOf(call, await send(call, form), decrypter)
  }
}
