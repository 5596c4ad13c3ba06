import { type Clock, seconds, systemClock } from '../clock.ts'
import type { BrowserOption } from '../keys/refuse-browser.ts'
import { type PrivateKey, signer } from '../keys/signer.ts'
import { authorizationWriter, type Principal } from './authorization.ts'
import { type RequestMessage, requestMessage, requestTarget } from './message.ts'
import { randomNonce } from './nonce.ts'

/** Who signs, and with what. */
export type AuthorizerOptions = Principal &
  BrowserOption & {
    /** Serial number of the merchant API certificate that `privateKey` belongs to. */
    serial: string
    privateKey: PrivateKey
    /** Returns milliseconds since 1970. Default: the system's clock. */
    clock?: Clock | undefined
    /** Returns a new nonce for each request. Default: 32 random characters. */
    nonce?: (() => string) | undefined
  }

/** What is signed, exactly as it is sent. */
type Signable = Pick<RequestMessage, 'method' | 'url' | 'body'>

/** A signed request's header, and what it covers. */
export interface Authorized {
  /** The value of the Authorization header. */
  authorization: string
  /** What was signed besides the body: method, path with query, Unix seconds, nonce. */
  head: readonly [method: string, url: string, timestamp: string, nonce: string]
  /** The body that was signed. */
  body: Signable['body']
}

/** Signs a request that is about to be sent, each time with a new nonce and timestamp. */
export type Authorizer = (request: Signable) => Promise<Authorized>

/**
 * Signs for one merchant or brand. The key is imported once.
 *
 * @throws {KeyError} for a key that is certainly wrong; one that fails to import rejects the first signature
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function authorizer(options: AuthorizerOptions): Authorizer {
  const { serial, clock = systemClock, nonce: newNonce = randomNonce } = options
  const { sign } = signer(options.privateKey, options)
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
