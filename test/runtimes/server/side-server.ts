import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Report } from '../program/input.ts'

/** Beside the sandbox: it hands out the input, takes reports, and sends answers that stall or break off. */
export interface SideServer {
  url: string
  reports: Report[]
  /** What `/input` answers. */
  input: unknown
  /** How many answers stalled, and how many of those the caller gave up. */
  stalls: { begun: number; givenUp: number }
  close(): Promise<void>
}

// A page of the sandbox's origin calls it as well.
const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*' }

// Good until the last byte is there, and the signature can be verified.
const signature = (serial: string) => ({
  'Wechatpay-Serial': serial,
  'Wechatpay-Timestamp': String(Math.floor(Date.now() / 1000)),
  'Wechatpay-Nonce': 'nonce',
  'Wechatpay-Signature': 'AAAA',
})

/**
 * Starts one on 127.0.0.1.
 *
 * @param serial of the key that its answers seem to be signed with
 */
export async function startSideServer(serial: string): Promise<SideServer> {
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  let closing = false

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '', headers } = request
    if (method === 'OPTIONS') {
      const wanted = headers['access-control-request-headers'] ?? ''
      const allowed = { 'Access-Control-Allow-Headers': wanted, 'Access-Control-Allow-Methods': '*' }
      response.writeHead(204, { ...cors, ...allowed }).end()
    } else if (url === '/input') {
      response.writeHead(200, { ...cors, 'Content-Type': 'application/json' }).end(JSON.stringify(side.input))
    } else if (url === '/reports') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      side.reports.push(JSON.parse(Buffer.concat(chunks).toString()) as Report)
      response.writeHead(204, cors).end()
    } else {
      // Of 1,000 bytes that it promises it sends a few.
      const head = { ...cors, 'Content-Type': 'application/json', 'Content-Length': 1000 }
      response.writeHead(200, { ...head, ...(headers['x-fault'] !== 'stall-unsigned' && signature(serial)) })
      response.write('{"transaction_id":')
      if (headers['x-fault'] === 'break') setTimeout(() => response.destroy(), 100)
      else {
        side.stalls.begun++
        response.once('close', () => {
          if (!closing) side.stalls.givenUp++
        })
      }
    }
  }

  // As in the sandbox: a program that pauses must not lose its connection.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const side: SideServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reports: [],
    input: undefined,
    stalls: { begun: 0, givenUp: 0 },
    close: () =>
      new Promise((resolve) => {
        closing = true
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return side
}
