import { CertificateError, type ErrorContext, NetworkError, WechatpayError } from '../errors.ts'

/** What `GET /v3/certificates` answered, read whole and not verified yet. */
export interface CertificatesAnswer {
  headers: Headers
  bytes: Uint8Array
  /** For messages. */
  context: ErrorContext
}

const operation = 'GET /v3/certificates'

/**
 * Fetches the list of platform certificates.
 *
 * @param download sends a signed `GET /v3/certificates`
 * @returns nothing when the merchant has no platform certificate: it is one of those with a public key only
 * @throws {CertificateError} ERR_CERTIFICATES_UNAVAILABLE
 * @throws {WechatpayError} of `download` as it is, when it is not about the network: a private key that does not sign
 */
export async function fetchCertificates(
  download: () => Promise<Response>,
): Promise<CertificatesAnswer | undefined> {
  const { status, headers, bytes } = await read(download)
  const context: ErrorContext = { operation, requestId: headers.get('Request-ID') ?? undefined }
  if (status === 200) return { headers, bytes, context }
  const code = errorCode(bytes)
  if (status === 404 && code === 'RESOURCE_NOT_EXISTS') return undefined
  throw new CertificateError(
    'ERR_CERTIFICATES_UNAVAILABLE',
    `the platform certificates cannot be had: HTTP ${status}${code ? ` ${code}` : ''}`,
    context,
  )
}

async function read(download: () => Promise<Response>) {
  try {
    const response = await download()
    const { status, headers } = response
    return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) }
  } catch (error) {
    const ours = error instanceof WechatpayError
    if (ours && !(error instanceof NetworkError)) throw error
    // What is not ours may carry the request, with its Authorization.
    throw new CertificateError(
      'ERR_CERTIFICATES_UNAVAILABLE',
      'the platform certificates cannot be had: no answer came, or it broke off',
      { operation, cause: ours ? error : undefined },
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
