import type { Exchange } from '../exchange/exchange.ts'
import type { SealedForm } from '../exchange/outgoing.ts'
import type { Progress } from '../hooks.ts'
import type { KnownOperations, Operation } from '../operations/operation.ts'
import { template } from '../url/path.ts'
import type { OpenData } from './open-data.ts'
import { openapiFetch } from './openapi-fetch.ts'
import type { CommonOptions } from './options.ts'
import { type Init, type Method, methods, type PreparedCall, prepare } from './prepare.ts'
import { dataOf, resultOf } from './result.ts'
import { withSettled } from './settled.ts'

/** What all calls of a client share. */
export interface CallParts {
  exchange: Exchange
  /** Writes the form of an upload. */
  sealForm(body: unknown, operation: Operation, signal: AbortSignal): Promise<SealedForm>
  openData: OpenData
  operations: KnownOperations
  options: CommonOptions
}

/**
 * One call: its result, or its data where errors are thrown. An operation is given where the client does not know it.
 * What converts options of another style to `init` is part of the call, so that it is reported when it throws.
 */
export type Call = (
  method: Method,
  path: string,
  init?: Init | (() => Init),
  operation?: Operation,
) => Promise<unknown>

/** Makes the calls of a client: prepare, write the form of an upload, send, read the result. */
export function calls({ exchange, sealForm, openData, operations, options }: CallParts): Call {
  const send = openapiFetch(exchange, options.headers)
  async function call(
    made: { call?: PreparedCall },
    progress: Progress,
    ...[method, path, given = {}, unlisted]: Parameters<Call>
  ) {
    // Without types, it may be anything.
    const schemaPath = template(String(path))
    const operation =
      unlisted ?? operations.find(method, schemaPath) ?? (await refuse(method, schemaPath, operations))
    // No query of a path that is refused for it.
    if (methods.includes(method)) progress.operation = operation.name.split(/[?#]/, 1)[0]!
    const init = typeof given === 'function' ? given() : given
    const prepared = prepare({ method, schemaPath, operation, init, progress }, options)
    made.call = prepared
    const { body } = prepared.init
    const form =
      operation.traits.form && body !== undefined
        ? await prepared.within((signal) => sealForm(body, operation, signal), 'The request was not sent')
        : undefined
    return resultOf(prepared, await send(prepared, form), openData)
  }
  return async (...own) => {
    const made: { call?: PreparedCall } = {}
    const result = await withSettled(options.hooks, methodOf(own[0]), (progress) =>
      call(made, progress, ...own),
    )
    const { init, operation } = made.call!
    return (init.throwOnError ?? options.throwOnError) ? dataOf(result, operation.name) : result
  }
}

function methodOf(method: unknown): string {
  return methods.find((one) => one === method) ?? 'UNKNOWN'
}

async function refuse(method: string, path: string, operations: KnownOperations): Promise<never> {
  const { unknownOperation } = await import('../operations/unknown.ts')
  throw unknownOperation(method, path, operations)
}
