import { type Bytes, utf8 } from '../bytes.ts'

const encoder = new TextEncoder()

/** What the signature of a request covers. */
export interface RequestMessage {
  /** As sent, in upper case. */
  method: string
  /** The whole URL, or its path with query; as sent, percent-encoded. Host and fragment are not signed. */
  url: string
  /** Unix seconds. */
  timestamp: number | string
  nonce: string
  /** Exactly as sent; undefined or empty when there is none. */
  body?: Uint8Array | string | undefined
}

/** What the signature of a response or a notification covers. */
export interface ResponseMessage {
  /** `Wechatpay-Timestamp`, as received. */
  timestamp: number | string
  /** `Wechatpay-Nonce`, as received. */
  nonce: string
  /** The raw body, not parsed; empty for a 204. */
  body?: Uint8Array | string | undefined
}

/**
 * The bytes that the signature of a request covers: five lines, each ending with a line feed.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export function requestMessage({ method, url, timestamp, nonce, body }: RequestMessage): Bytes {
  return lines(`${method}\n${requestTarget(url)}\n${timestamp}\n${nonce}\n`, body)
}

/**
 * The bytes that the signature of a response covers: three lines, each ending with a line feed.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function responseMessage({ timestamp, nonce, body }: ResponseMessage): Bytes {
  return lines(`${timestamp}\n${nonce}\n`, body)
}

/**
 * Path with query, as in the request line.
 *
 * @param url as normalised by the platform, or a path with query
 */
export function requestTarget(url: string): string {
  if (url.startsWith('/')) return url
  // Cut out by a pattern: parsing the URL again would take as long as the rest of a signature except RSA.
  const [, target] = /^https?:\/\/[^/?#\\]+(\/[^?#\s\\]*(?:\?[^#\s\\]+)?)/.exec(url) ?? []
  if (target !== undefined) return target
  const { pathname, search } = new URL(url)
  return pathname + search
}

function lines(head: string, body: Uint8Array | string = ''): Bytes {
  const rest = typeof body === 'string' ? utf8(body) : body
  // A head is short, and a character takes at most three bytes.
  const message = new Uint8Array(head.length * 3 + rest.length + 1)
  const { written } = encoder.encodeInto(head, message)
  message.set(rest, written)
  message[written + rest.length] = 10
  return message.subarray(0, written + rest.length + 1)
}
