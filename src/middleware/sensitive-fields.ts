import { ConfigError, RequestError } from '../errors.ts'
import { openData } from '../fields/open-response.ts'
import { sealQuery, sealRequest } from '../fields/seal-request.ts'
import { type Sealer, sealerFor } from '../fields/sealer.ts'
import { decrypter } from '../keys/decrypter.ts'
import type { PrivateKey } from '../keys/signer.ts'
import { knownOperations } from '../operations/operation.ts'
import { refuseOtherSpelling } from '../operations/spelling.ts'
import type { Operations } from '../operations/table.ts'
import type { Traits } from '../operations/traits.ts'
import { unknownOperation } from '../operations/unknown.ts'
import { type KeySource, knownKeys, type PlatformKeys } from '../verification/platform.ts'
import { sealForm } from './sealed-form.ts'

/** Options of {@link sensitiveFields}. */
export type SensitiveFieldsOptions = {
  /** The merchant's private key; a remote one needs `decrypt`. */
  privateKey: PrivateKey
  /** What the pages say of the operations that are called; no others can be. */
  operations: readonly Operations[]
} & (
  | {
      /** WeChat Pay's public keys by serial. The first one encrypts. */
      platform: PlatformKeys
      keys?: undefined
    }
  | {
      /** Instead of `platform`: a source of keys that change. */
      keys: Pick<KeySource, 'encrypter'>
      platform?: undefined
    }
)

/** An openapi-fetch middleware that encrypts and decrypts sensitive fields, and writes and parses embedded JSON. */
export interface SensitiveFieldsMiddleware {
  onRequest(context: { request: Request; schemaPath: string }): Promise<Request>
  onResponse(context: { request: Request; response: Response; schemaPath: string }): Promise<Response>
}

/**
 * Encrypts sensitive fields of requests and decrypts those of responses, on any openapi-fetch client:
 *
 * ```ts
 * const client = createClient<paths>({ baseUrl: 'https://api.mch.weixin.qq.com' })
 * client.use(
 *   sensitiveFields({ platform, privateKey, operations: [operations] }),
 *   verification({ platform }),
 *   signature({ mchid, serial, privateKey, platformSerial }),
 * )
 * ```
 *
 * Register it before the other two, so that what it writes is signed and what it decrypts is verified. Sensitive fields
 * are looked up by method and template path. A request with such a field names the key in `Wechatpay-Serial`, which must
 * be the same as `platformSerial`; other requests are unchanged.
 *
 * @throws {ConfigError} when there is no key of WeChat Pay, or no operations
 * @throws {KeyError} for a key that is certainly wrong
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function sensitiveFields(options: SensitiveFieldsOptions): SensitiveFieldsMiddleware {
  const keys = options.keys ?? knownKeys(options.platform)
  const { decrypt } = decrypter(options.privateKey)
  const operations = knownOperations(tablesOf(options))
  return {
    async onRequest({ request, schemaPath }) {
      const operation = operations.find(request.method, schemaPath)
      if (!operation) throw unknownOperation(request.method, schemaPath, operations)
      refuseOtherSpelling(operation, new URL(request.url).pathname, operations)
      const { name, traits } = operation
      const sealer = sealerFor(keys)
      const withQuery = await sealUrl(request, traits, sealer, name)
      const sealed = await sealBody(withQuery, traits, sealer, name)
      const serial = sealer.serial()
      if (serial) sealed.headers.set('Wechatpay-Serial', serial)
      return sealed
    },
    async onResponse({ request, response, schemaPath }) {
      const known = operations.find(request.method, schemaPath)
      if (!known?.traits.response || !response.ok) return response
      const { name: operation, traits } = known
      const requestId = response.headers.get('Request-ID') ?? undefined
      const { status, statusText } = response
      const text = await response.text()
      const opened = await openText(text, (data) =>
        openData(data, traits.response!, decrypt, { operation, requestId }),
      )
      const headers = new Headers(response.headers)
      // It is the length before decryption.
      headers.delete('Content-Length')
      return new Response(opened || null, { status, statusText, headers })
    },
  }
}

function tablesOf({ operations }: SensitiveFieldsOptions): readonly Operations[] {
  if (Array.isArray(operations) && operations.length > 0) return operations
  throw new ConfigError('ERR_CONFIG', 'operations is missing: without them, no field would be encrypted', {
    hint: "Give operations: [operations], imported from 'wechatpay-fetch' or an entry of a product domain",
  })
}

async function sealUrl(
  request: Request,
  { query }: Traits,
  { encrypt }: Sealer,
  operation: string,
): Promise<Request> {
  if (!query) return request
  const url = await sealQuery(request.url, query, encrypt, operation)
  return url === request.url ? request : new Request(url, request)
}

async function sealBody(
  request: Request,
  { request: places, form }: Traits,
  { encrypt }: Sealer,
  operation: string,
): Promise<Request> {
  if (!places || request.body === null) return request
  if (!form) {
    return new Request(request, { body: await sealRequest(await request.text(), places, encrypt, operation) })
  }
  const given = await request.formData().catch(() => {
    throw new RequestError('ERR_REQUEST', 'this operation needs a form', {
      operation,
    })
  })
  const headers = new Headers(request.headers)
  // Its boundary is that of the form before encryption.
  headers.delete('Content-Type')
  const body = await sealForm(given, form.signed, places, encrypt, operation)
  return new Request(request, { headers, body })
}

/** Text that is not JSON is returned unchanged: the parser reports it. */
async function openText(text: string, open: (data: unknown) => Promise<unknown>): Promise<string> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return text
  }
  return JSON.stringify(await open(data))
}
