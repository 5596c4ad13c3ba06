import { type Clock, systemClock } from '../clock.ts'
import { VerificationError } from '../errors.ts'
import { type Hooks, hooksUntil, notify } from '../hooks.ts'
import type { KnownOperations } from '../operations/operation.ts'
import { withTimeLimit } from '../retry/time-limit.ts'
import type { KeySource } from '../verification/platform.ts'
import { verifyResponse } from '../verification/verify-response.ts'
import type { Attempted, AttemptOptions, Attempts } from './attempts.ts'
import type { Outgoing, SealedForm } from './outgoing.ts'
import { seal } from './seal.ts'

/** What an exchange is made of. */
export interface ExchangeParts {
  attempt: Attempts
  keys: KeySource
  operations: KnownOperations
  options: { clock?: Clock; hooks?: Hooks; maxResponseBytes?: number }
}

/** How one request is exchanged. */
interface ExchangeOptions extends Omit<AttemptOptions, 'judge'> {
  /** The form in the body, which is sealed already. */
  form?: Pick<SealedForm, 'signedText' | 'platformSerial'> | undefined
}

/** Seals a request, signs it, sends it, and returns the response once it is verified. */
export type Exchange = (outgoing: Outgoing, options: ExchangeOptions) => Promise<Attempted>

/**
 * The innermost layer, below openapi-fetch and all of the user's middleware: a request is sealed and signed last, and a
 * response verified first.
 */
export function exchange({ attempt, keys, operations, options: client }: ExchangeParts): Exchange {
  const { clock = systemClock, hooks = {}, maxResponseBytes: maxBytes } = client
  return async (outgoing, { form, start = Date.now(), ...options }) => {
    const { operation, policy } = options
    const { name, traits } = operation
    const sealed = async (signal?: AbortSignal) => {
      await keys.ready(signal)
      return seal(outgoing, operation, { keys, hooks: hooksUntil(signal, hooks), operations })
    }
    const request = keys.remote
      ? await withTimeLimit(sealed, {
          signal: outgoing.signal,
          timeout: Math.max(policy.deadline - (Date.now() - start), 1),
          context: { operation: name, hint: 'The request was not sent' },
        })
      : await sealed()
    if (form) {
      request.signedText = form.signedText
      request.platformSerial = form.platformSerial ?? request.platformSerial
    }
    return attempt(request, {
      ...options,
      start,
      async judge(received, { signal, hold }) {
        refuseUnaskedPart(received.response, request.headers, name)
        const judged = await verifyResponse(received, { operation, keys, clock, signal, hold, maxBytes })
        const { ok, headers } = judged.response
        const serial = ok && !traits.unsigned && headers.get('Wechatpay-Serial')
        if (serial && !signal.aborted) notify(hooks.key, { use: 'verify', serial, operation: name })
        return judged
      },
    })
  }
}

/** A part that was not requested would be taken for the whole. */
function refuseUnaskedPart({ status }: Response, requested: Headers, operation: string): void {
  if (status !== 206 || requested.has('Range')) return
  throw new VerificationError('ERR_RESPONSE_MALFORMED', 'the response is a part only (HTTP 206)', {
    operation,
    hint: 'Something on the way cut it: call again',
  })
}
