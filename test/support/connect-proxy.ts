import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** A real HTTP proxy that opens tunnels. */
export interface ConnectProxy {
  port: number
  /** The target of each CONNECT, and its Proxy-Authorization. */
  asked: [target: string | undefined, authorization: string | undefined][]
  /** The status that it answers; 200 opens the tunnel. */
  status: number
  close(): void
}

/** Starts one on 127.0.0.1. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const open = new Set<Duplex>()
  const proxy: ConnectProxy = {
    port: 0,
    asked: [],
    status: 200,
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
  const server: Server = createServer((_, response) => response.writeHead(405).end())
  server.on('connect', ({ url = '', headers }, client) => {
    open.add(client)
    client.on('error', () => {})
    proxy.asked.push([url, headers['proxy-authorization']])
    if (proxy.status !== 200) return client.end(`HTTP/1.1 ${proxy.status} No\r\n\r\n`)
    const [host = '', port] = url.split(':')
    const tunnel = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(tunnel).pipe(client)
    })
    open.add(tunnel)
    tunnel.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy.port = (server.address() as AddressInfo).port
  return proxy
}
