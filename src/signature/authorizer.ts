import { type Clock, seconds, systemClock } from '../clock.ts'
import { type PrivateKey, signer } from '../keys/signer.ts'
import { authorizationWriter, type Principal } from './authorization.ts'
import { type RequestMessage, requestMessage, requestTarget } from './message.ts'
import { randomNonce } from './nonce.ts'

/** Who signs, and with what. */
export type AuthorizerOptions = Principal & {
  /** Serial number of the merchant API certificate that `privateKey` belongs to. */
  serial: string
  privateKey: PrivateKey
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock | undefined
  /** A new one for each request; 32 random characters by default. */
  nonce?: (() => string) | undefined
}

/** What is to be signed, as it goes out. */
export type Signable = Pick<RequestMessage, 'method' | 'url' | 'body'>

/** A signature, ready to be sent. */
export interface Authorized {
  /** The value of the Authorization header. */
  authorization: string
  /** What was signed without the body: method, path with query, unix seconds, nonce. */
  head: readonly [method: string, url: string, timestamp: string, nonce: string]
  /** The body that was signed. */
  body: Signable['body']
}

/** Signs what is about to be sent: each time anew, with its own nonce and time. */
export type Authorizer = (request: Signable) => Promise<Authorized>

/**
 * Makes the signatures of one merchant or brand. The key is imported once.
 *
 * @throws {KeyError} at once for a key that is certainly wrong, with the first signature for one that cannot be
 *   imported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function authorizer(options: AuthorizerOptions): Authorizer {
  const { serial, clock = systemClock, nonce: newNonce = randomNonce } = options
  const { sign } = signer(options.privateKey)
  const write = authorizationWriter(options, serial)
  return async ({ method, url, body }) => {
    const timestamp = seconds(clock)
    const nonce = newNonce()
    const target = requestTarget(url)
    const signature = await sign(requestMessage({ method, url: target, timestamp, nonce, body }))
    return {
      authorization: write({ nonce, timestamp, signature }),
      head: [method, target, String(timestamp), nonce],
      body,
    }
  }
}
