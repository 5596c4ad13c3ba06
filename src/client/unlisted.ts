import { EncryptionError, RequestError } from '../errors.ts'
import { sealerFor } from '../fields/sealer.ts'
import { decrypter } from '../keys/decrypter.ts'
import type { Form } from '../operations/traits.ts'
import type { CallOptions, Result } from '../result.ts'
import type { DataOrResult, ThrowsOnError, Unsaid } from '../throw-on-error.ts'
import { internalsOf } from './internals.ts'
import { type Init, type Method, methods } from './prepare.ts'

/** What a call of {@link Unlisted} carries. */
export interface UnlistedInit extends Omit<CallOptions, 'throwOnError'> {
  /** `true` returns `data` alone, and throws a `ResponseError` for an error of the API. */
  throwOnError?: boolean | undefined
  /** Variables of the path, and the query. */
  params?: { path?: Record<string, string | number>; query?: object }
  /** JSON; or a form, as `{ file, meta }` or a `FormData` of both, whose `meta` is signed. */
  body?: unknown
  /**
   * Whether the request may be sent again when no response comes, because it carries a number of your own that keeps it
   * from taking effect twice. Default: it is sent once, a GET too.
   */
  repeatable?: boolean
  /** How the response is read. Default: as JSON. */
  parseAs?: 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream'
}

/** Calls of operations that no table has; see {@link unlisted}. */
export interface Unlisted<Throws extends boolean = false> {
  /**
   * Calls an operation: signs it, sends it, and verifies the response.
   *
   * @typeParam Data of the response; nothing checks it
   * @param path `/v3/…`, without a query
   */
  request<Data = unknown>(
    method: Method,
    path: string,
    init?: UnlistedInit & Unsaid,
  ): Promise<DataOrResult<Data, Throws>>
  request<Data = unknown>(
    method: Method,
    path: string,
    init: UnlistedInit & { throwOnError: true },
  ): Promise<Data>
  request<Data = unknown>(
    method: Method,
    path: string,
    init: UnlistedInit & { throwOnError: false },
  ): Promise<Result<Data>>
  /**
   * Encrypts a sensitive field of a request for WeChat Pay. The requests after it name the key.
   *
   * @returns base64
   * @throws {EncryptionError}
   */
  encrypt(text: string): Promise<string>
  /**
   * Decrypts a sensitive field of a response with the merchant's private key.
   *
   * @param ciphertext base64
   * @throws {EncryptionError}
   */
  decrypt(ciphertext: string): Promise<string>
}

/** The form of nearly all uploads. https://pay.weixin.qq.com/doc/v3/merchant/4012365335 */
const form: Form = { signed: 'meta', file: 'file', digest: 'sha256', algorithm: 'SHA-256' }

/**
 * The way to operations that the client does not know, because no page documents them yet:
 *
 * ```ts
 * const { request, encrypt } = unlisted(client)
 * const body = { out_request_no: '1', name: await encrypt('张三') }
 * const { data, error } = await request('POST', '/v3/new-product/orders', { body, repeatable: true })
 * ```
 *
 * Nothing is known of such an operation, so nothing is done by itself: sensitive fields are sent as they are passed, and
 * a request is sent once unless `repeatable` is set. It is signed, and a 2xx is verified, as that of any other.
 *
 * @param client made by `createClient`
 * @throws {ConfigError} for anything else
 */
export function unlisted(client: ThrowsOnError): Unlisted<true>
export function unlisted(client: object): Unlisted
export function unlisted(client: object): object {
  const { call, keys, privateKey } = internalsOf(client)
  const { decrypt } = decrypter(privateKey)
  let encryptedFor: string | undefined
  return {
    async request(method: Method, path: string, { repeatable = false, ...init }: UnlistedInit = {}) {
      const operation = {
        name: `${method} ${String(path)}`,
        traits: isForm(init.body) ? { form } : {},
        unlisted: true as const,
        repeatable,
        encryptedFor,
      }
      const checked = () => {
        if (methods.includes(method)) return init as Init
        throw new RequestError('ERR_REQUEST', `${String(method).slice(0, 32)} is not a method`, {
          hint: `It is one of ${methods.join(', ')}`,
        })
      }
      return call(method, String(path), checked, operation)
    },
    async encrypt(text: string) {
      if (typeof text !== 'string') {
        throw new EncryptionError(
          'ERR_ENCRYPT_VALUE',
          `the text must be a string, but is of type ${typeof text}`,
        )
      }
      await keys.ready()
      const { encrypt, serial } = sealerFor(keys)
      const ciphertext = await encrypt(text, {})
      encryptedFor = serial()
      return ciphertext
    },
    decrypt: (ciphertext: string) => decrypt(ciphertext),
  }
}

function isForm(body: unknown): boolean {
  if (body instanceof FormData) return true
  if (typeof body !== 'object' || body === null || !('file' in body && 'meta' in body)) return false
  return typeof body.file === 'object' && typeof body.meta === 'object'
}
