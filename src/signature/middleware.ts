import { type Clock, seconds, systemClock } from '../clock.ts'
import { type PrivateKey, signer } from '../keys/signer.ts'
import { authorization } from './authorization.ts'
import { requestMessage } from './message.ts'
import { randomNonce } from './nonce.ts'

/** Who signs, and with what. */
export interface SignatureOptions {
  /** Merchant number. */
  mchid: string
  /** Serial number of the merchant API certificate that `privateKey` belongs to. */
  serial: string
  privateKey: PrivateKey
  /**
   * Id of the WeChat Pay public key (`PUB_KEY_ID_…`) that the answer shall be signed with; sent as
   * `Wechatpay-Serial`. Without it the header goes as the caller set it.
   */
  platformSerial?: string | undefined
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock | undefined
  /** A new one for each request; 32 random characters by default. */
  nonce?: (() => string) | undefined
}

/** An openapi-fetch middleware that signs. It must be the last to touch a request. */
export interface SignatureMiddleware {
  onRequest(context: { request: Request }): Promise<Request>
}

/**
 * Signs requests, on any openapi-fetch client:
 *
 * ```ts
 * const client = createClient<paths>({ baseUrl: 'https://api.mch.weixin.qq.com' })
 * client.use(verification({ platform }), signature({ mchid, serial, privateKey }))
 * ```
 *
 * Register it last: it covers the URL and the bytes as they go out. It sends `Accept` and `User-Agent`
 * unless they are set, and lets no redirect be followed, as an Authorization is for one URL.
 *
 * @throws {KeyError} at once for a key that is certainly wrong, with the first request for one that
 *   cannot be imported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function signature(options: SignatureOptions): SignatureMiddleware {
  const { mchid, serial, platformSerial, clock = systemClock, nonce: newNonce = randomNonce } = options
  const { sign } = signer(options.privateKey)
  return {
    async onRequest({ request }) {
      const body = new Uint8Array(await request.arrayBuffer())
      // What is signed is what is sent: the same bytes, and the URL as the platform normalised it.
      const signed = new Request(request, { redirect: 'manual', ...(body.length > 0 && { body }) })
      const timestamp = seconds(clock)
      const nonce = newNonce()
      const message = requestMessage({ method: signed.method, url: signed.url, timestamp, nonce, body })
      const { headers } = signed
      headers.set(
        'Authorization',
        authorization({ mchid, serial, nonce, timestamp, signature: await sign(message) }),
      )
      if (platformSerial) headers.set('Wechatpay-Serial', platformSerial)
      if (!headers.has('Accept')) headers.set('Accept', 'application/json')
      // Browsers and some edge platforms ignore this and send their own.
      if (!headers.has('User-Agent')) headers.set('User-Agent', 'wechatpay-fetch')
      return signed
    },
  }
}
