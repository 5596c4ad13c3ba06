import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent, type AgentOptions, request as httpsRequest, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'

/** Kept connections are closed after four seconds, before WeChat Pay's gateways close them under a request. */
const keepAlive = { keepAlive: true, timeout: 4_000 } as const

/** Connections that are kept, to servers of either scheme. */
export interface Agents {
  http: HttpAgent
  https: Agent
}

/**
 * @param proxy of an HTTP or HTTPS proxy: https requests go through it, by CONNECT
 * @param tls certificates to trust and to show
 */
export function agents(proxy: URL | undefined, tls: AgentOptions): Agents {
  const options = { ...keepAlive, ...tls }
  return { http: new HttpAgent(keepAlive), https: proxy ? new Tunnels(proxy, options) : new Agent(options) }
}

/** Opens TLS connections inside tunnels of a proxy. */
class Tunnels extends Agent {
  readonly #proxy: URL

  constructor(proxy: URL, options: AgentOptions) {
    super(options)
    this.#proxy = proxy
  }

  // Called by Node for each new connection. https://nodejs.org/docs/latest-v20.x/api/http.html#agentcreateconnectionoptions-callback
  override createConnection(
    options: RequestOptions,
    connected: (failure: Error | null, connection: Duplex) => void = () => {},
  ): undefined {
    const { host = '', port: targetPort = 443 } = options
    const target = `${host?.includes(':') ? `[${host}]` : host}:${targetPort}`
    const fail = (message: string) => connected(refused(message), undefined as never)
    const { protocol, hostname, port, username, password } = this.#proxy
    const secure = protocol === 'https:'
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    const connect = (secure ? httpsRequest : httpRequest)({
      method: 'CONNECT',
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port || (secure ? 443 : 80),
      path: target,
      agent: false,
      headers: {
        Host: target,
        ...(username && { 'Proxy-Authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
      },
    })
    connect.once('connect', ({ statusCode }: IncomingMessage, socket: Duplex) => {
      if (statusCode === 200)
        return connected(null, connectTls({ ...(options as ConnectionOptions), socket }))
      socket.destroy()
      fail(`the proxy refused the connection (HTTP ${statusCode})`)
    })
    // A proxy that knows no CONNECT answers as to any other request.
    connect.once('response', (response) => {
      response.destroy()
      fail(`the proxy opens no connection (HTTP ${response.statusCode})`)
    })
    connect.once('error', (cause: NodeJS.ErrnoException) => {
      fail(`the proxy cannot be reached (${cause.code ?? cause.message})`)
    })
    connect.end()
  }
}

/** Like the error of a connection that could not be made: nothing was sent. */
function refused(message: string): Error {
  return Object.assign(new Error(message), { code: 'ERR_PROXY', syscall: 'connect' })
}
