import { type Bare, bare, reasonOf } from './bare.ts'
import { ConfigError, type ErrorContext, NetworkError, RequestError } from './errors.ts'
import { isError } from './is-error.ts'

/**
 * The error for what `fetch` failed with before it sent anything; undefined when it does not say so.
 *
 * @param trusted whether it is the platform's own `fetch`
 * @returns a {@link ConfigError} when a `fetch` of the app's does not know a `Request` of this platform; a
 *   {@link RequestError} ERR_REQUEST when `fetch` refused the request: a header that it sets itself
 */
export function unsentError(
  thrown: unknown,
  context: ErrorContext,
  trusted: boolean,
): NetworkError | RequestError | ConfigError | undefined {
  const cause = bare(thrown)
  if (!trusted) {
    if (!takesNoRequest(thrown)) return undefined
    return new ConfigError('ERR_CONFIG', "fetch does not know this platform's Request", {
      ...context,
      hint: 'Nothing was sent. Pass (request) => fetch(request, { dispatcher }) with the global fetch: see Proxies in the guide',
      cause,
    })
  }
  const reason = cause && reasonOf(cause)
  if (refusedByFetch(cause)) {
    return new RequestError('ERR_REQUEST', `fetch refuses the request (${reason})`, {
      ...context,
      hint: 'Remove headers that fetch sets itself, such as Connection or Transfer-Encoding',
      cause,
    })
  }
  if (!neverConnected(thrown)) return undefined
  return new NetworkError('ERR_NETWORK', `no connection was made (${reason})`, {
    ...context,
    hint: 'The request was not sent: check baseUrl, and that this machine may connect to it',
    cause,
  })
}

// Another copy of undici, and node-fetch, take a Request that is not their own for a URL.
function takesNoRequest(thrown: unknown, depth = 0): boolean {
  if (!isError(thrown) || depth > 3) return false
  const { input } = thrown as { input?: unknown }
  const [asUrl, { message }] = ['[object Request]', thrown]
  return input === asUrl || message.endsWith(asUrl) || takesNoRequest(thrown.cause, depth + 1)
}

// The codes of undici, and of our own transport, for what they check before they connect.
function refusedByFetch(error: Bare | undefined): boolean {
  const { code } = (error?.cause ?? {}) as Bare
  return code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED' || code === 'ERR_HTTP_HEADER'
}

interface SystemError {
  code?: unknown
  syscall?: unknown
  message?: unknown
  errors?: readonly SystemError[]
}

/**
 * Codes of a TLS handshake that failed, and nothing else: a certificate that is refused, and alerts about what the two
 * sides support. https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const handshake =
  /^(ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISM|ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|\w+_ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION))$)/

// An established connection reports some of the same codes while it is read; only the system call differs.
function neverConnected(thrown: unknown): boolean {
  const cause =
    isError(thrown) && thrown.name === 'TypeError' ? (thrown.cause as SystemError | undefined) : undefined
  if (typeof cause !== 'object' || cause === null) return false
  const { code, syscall, errors, message } = cause
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || syscall === 'getaddrinfo' || syscall === 'connect') return true
  if (handshake.test(String(code)) || /before secure TLS connection was established$/.test(String(message)))
    return true
  return Array.isArray(errors) && errors.length > 0 && errors.every((one) => one?.syscall === 'connect')
}
