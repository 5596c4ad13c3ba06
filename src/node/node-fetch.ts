import { X509Certificate } from 'node:crypto'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import { ConfigError } from '../errors.ts'
import { type Signed, type Transport, transport } from '../exchange/transport.ts'
import { type Head, type Received, withBody } from '../response.ts'
import { type Agents, agents } from './agent.ts'
import { decoded, readUpTo } from './body.ts'

/** A PEM or its bytes, or several. */
type Pem = string | Uint8Array | readonly (string | Uint8Array)[]

/** Options of {@link nodeFetch}. */
export interface NodeFetchOptions {
  /** Of an HTTP or HTTPS proxy that opens tunnels: `http://user:password@proxy.example:3128`. Default: none. */
  proxy?: string | URL | undefined
  /** Certificates of authorities to trust, in PEM, instead of those that Node trusts. */
  ca?: Pem | undefined
  /** A client certificate in PEM, for a gateway that asks for one. */
  cert?: Pem | undefined
  /** The private key of `cert`, in PEM. */
  key?: Pem | undefined
  /** `cert` and `key` as PKCS#12, instead of both. */
  pfx?: string | Uint8Array | undefined
  /** Of `key` or `pfx`. */
  passphrase?: string | undefined
  /** Connections to a host at a time. Default: as many as there are calls. */
  maxSockets?: number | undefined
}

/** A `fetch` over `node:http` and `node:https`. */
export interface NodeFetch {
  (request: Request): Promise<Response>
  /** Closes its connections. Calls that are under way fail. */
  close(): void
}

/**
 * A `fetch` for clients on Node over `node:http` and `node:https`, which takes less CPU than the global `fetch`, and knows
 * proxies, authorities and client certificates:
 *
 * ```ts
 * const client = createClient({ …, fetch: nodeFetch({ proxy: 'http://proxy.example:3128' }), privateKey: nodeSigner(pem) })
 * ```
 *
 * Connections are kept for four seconds. Share one among the clients of a process. It follows no redirects, and knows no
 * cookies and no cache. Bodies are streams for a caller that passes a `Request`.
 *
 * @returns for the option `fetch` of `createClient` or of a call
 * @throws {ConfigError} for a proxy that is not an http or https URL, and for certificates that cannot be read
 */
export function nodeFetch({ proxy, maxSockets, ...tls }: NodeFetchOptions = {}): NodeFetch {
  const given = Object.entries({ ...tls, maxSockets }).filter(([, value]) => value !== undefined)
  const options = Object.fromEntries(given)
  checkCertificates(options)
  const own = agents(proxy === undefined ? undefined : proxyUrl(proxy), options)

  const direct: Transport = async (url, request) => {
    const response = await exchange(own, url, request)
    return received(response)
  }

  async function fetch(request: Request): Promise<Response> {
    const { method, url, headers, body, signal } = request
    const response = await exchange(own, url, { method, headers, body, signal })
    if (method === 'HEAD' || response.statusCode === 204) {
      response.resume()
      return withBody(headOf(response), undefined)
    }
    return withBody(headOf(response), Readable.toWeb(decoded(response)) as ReadableStream<Uint8Array>)
  }

  const close = () => {
    own.http.destroy()
    own.https.destroy()
  }
  return Object.assign(fetch, { close, [transport]: direct })
}

function proxyUrl(proxy: string | URL): URL {
  const text = String(proxy)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  // It may hold a password, so it is not quoted.
  throw new ConfigError('ERR_CONFIG', 'proxy must be an http or https URL', {
    hint: 'For example http://proxy.example:3128',
  })
}

function checkCertificates(options: NodeFetchOptions): void {
  const { ca = [] } = options
  try {
    // A text that is no certificate would be passed over, and every connection fail.
    for (const one of [ca].flat()) new X509Certificate(one)
    createSecureContext(options as SecureContextOptions)
  } catch {
    // The cause is left out, as it may quote the key.
    throw new ConfigError('ERR_CONFIG', 'ca, cert, key or pfx cannot be read, or do not belong together', {
      hint: 'ca, cert and key are PEM, and pfx is PKCS#12. Is passphrase right?',
    })
  }
}

/** Sends a request, and resolves with the head of its response. Fails as `fetch` fails. */
function exchange(
  own: Agents,
  url: string,
  {
    method,
    headers,
    body,
    signal,
  }: Omit<Signed, 'body'> & { body: Signed['body'] | ReadableStream<Uint8Array> | null },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const secure = url.startsWith('https:')
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method,
      agent: secure ? own.https : own.http,
      headers: headersFor(method, headers, body),
    })
    const abort = () => void request.destroy(new Error('aborted'))
    signal.addEventListener('abort', abort)
    request
      .once('response', resolve)
      .once('close', () => signal.removeEventListener('abort', abort))
      .once('error', (cause) => reject(new TypeError('fetch failed', { cause })))
    send(request, body)
  })
}

/** Headers that belong to the connection, which is not the caller's. */
const managed = ['connection', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']

function headersFor(method: string, headers: Headers, body: unknown): Record<string, string> {
  const own = Object.fromEntries(headers)
  for (const name of managed) {
    if (own[name] === undefined) continue
    const cause = Object.assign(new Error(`invalid ${name} header`), { code: 'ERR_HTTP_HEADER' })
    throw new TypeError('fetch failed', { cause })
  }
  if (typeof body === 'string') own['content-length'] = String(Buffer.byteLength(body))
  else if (body instanceof Uint8Array) own['content-length'] = String(body.length)
  else if (!body && (method === 'POST' || method === 'PUT')) own['content-length'] = '0'
  return own
}

function send(request: ClientRequest, body: Signed['body'] | ReadableStream<Uint8Array> | null): void {
  if (!body) request.end()
  else if (typeof body === 'string' || body instanceof Uint8Array) request.end(body)
  else {
    const source = Readable.fromWeb(body as NodeStream)
    source.once('error', (failure) => request.destroy(failure)).pipe(request)
  }
}

function headOf({ statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage): Head {
  const headers: [string, string][] = []
  for (let at = 0; at < rawHeaders.length; at += 2) headers.push([rawHeaders[at]!, rawHeaders[at + 1]!])
  return { status: statusCode, statusText: statusMessage, headers }
}

function received(response: IncomingMessage): Received {
  // It may break off while nobody reads it.
  response.on('error', () => {})
  const head = headOf(response)
  // Whoever gets it refuses a status that no Response may have.
  const possible = head.status >= 200 && head.status <= 599
  return {
    response: possible ? withBody(head, undefined) : (head as Response),
    read: (limit) => readUpTo(decoded(response), limit),
    cancel: () => void response.destroy(),
  }
}
