import { CertificateError, type ErrorContext, NetworkError, WechatpayError } from '../errors.ts'

/** The response of `GET /v3/certificates`, read whole and not verified yet. */
export interface CertificatesResponse {
  headers: Headers
  bytes: Uint8Array
  /** For error messages. */
  context: ErrorContext
}

const operation = 'GET /v3/certificates'

/**
 * Fetches the list of platform certificates.
 *
 * @param download sends a signed `GET /v3/certificates`
 * @returns undefined when the merchant has no platform certificate, only a WeChat Pay public key
 * @throws {CertificateError} ERR_CERTIFICATES_UNAVAILABLE
 * @throws {WechatpayError} from `download` unchanged, unless it is a network error: for example a key that cannot sign
 */
export async function fetchCertificates(
  download: () => Promise<Response>,
): Promise<CertificatesResponse | undefined> {
  const { status, headers, bytes } = await read(download)
  const context: ErrorContext = { operation, requestId: headers.get('Request-ID') ?? undefined }
  if (status === 200) return { headers, bytes, context }
  const code = errorCode(bytes)
  if (status === 404 && code === 'RESOURCE_NOT_EXISTS') return undefined
  throw new CertificateError(
    'ERR_CERTIFICATES_UNAVAILABLE',
    `could not fetch the platform certificates: HTTP ${status}${code ? ` ${code}` : ''}`,
    { ...context, hint: status >= 500 || status === 429 ? later : 'Check mchid, serial and privateKey' },
  )
}

const later = 'Call again: they are fetched with the next call'

async function read(download: () => Promise<Response>) {
  try {
    const response = await download()
    const { status, headers } = response
    return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) }
  } catch (error) {
    const ours = error instanceof WechatpayError
    if (ours && !(error instanceof NetworkError)) throw error
    // A foreign error may hold the request with its Authorization.
    throw new CertificateError(
      'ERR_CERTIFICATES_UNAVAILABLE',
      'could not fetch the platform certificates: no response came, or it broke off',
      { operation, hint: later, cause: ours ? error : undefined },
    )
  }
}

function errorCode(bytes: Uint8Array): string | undefined {
  try {
    const { code } = JSON.parse(new TextDecoder().decode(bytes)) as { code?: unknown }
    return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : undefined
  } catch {
    return undefined
  }
}
