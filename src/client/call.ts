import type { Exchange } from '../exchange/exchange.ts'
import type { SealedForm } from '../exchange/outgoing.ts'
import type { KnownOperations, Operation } from '../operations/operation.ts'
import type { Result } from '../result.ts'
import { template } from '../url/path.ts'
import type { OpenData } from './open-data.ts'
import { openapiFetch } from './openapi-fetch.ts'
import type { CommonOptions } from './options.ts'
import { type Init, type Method, prepare } from './prepare.ts'
import { resultOf } from './result.ts'

/** What all calls of a client share. */
export interface CallParts {
  exchange: Exchange
  /** Writes the form of an upload. */
  sealForm(body: unknown, operation: Operation, signal: AbortSignal): Promise<SealedForm>
  openData: OpenData
  operations: KnownOperations
  options: CommonOptions
}

/** One call. An operation is given where the client does not know it. */
export type Call = (
  method: Method,
  path: string,
  init?: Init,
  operation?: Operation,
) => Promise<Result<unknown>>

/** Makes the calls of a client: prepare, write the form of an upload, send, read the result. */
export function calls({ exchange, sealForm, openData, operations, options }: CallParts): Call {
  const send = openapiFetch(exchange, options.headers)
  return async (method, path, init = {}, given) => {
    // Without types, it may be anything.
    const schemaPath = template(String(path))
    const operation =
      given ?? operations.find(method, schemaPath) ?? (await refuse(method, schemaPath, operations))
    const call = prepare(method, schemaPath, operation, init, options)
    const { within } = call
    const { body } = call.init
    const form =
      operation.traits.form && body !== undefined
        ? await within((signal) => sealForm(body, operation, signal), 'The request was not sent')
        : undefined
    return resultOf(call, await send(call, form), openData)
  }
}

async function refuse(method: string, path: string, operations: KnownOperations): Promise<never> {
  const { unknownOperation } = await import('../operations/unknown.ts')
  throw unknownOperation(method, path, operations)
}
