import { randomBytes, sign } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** The request line and headers of one attempt, as they came. */
interface Seen {
  method: string
  path: string
  /** As sent: `name: value`. */
  headers: string[]
  authorization: string
}

/** What a fault does with an attempt. */
interface Attempted {
  socket: Socket
  /** 1 for the first. */
  number: number
  seen: Seen
  /** A whole answer, as text of HTTP/1.1. */
  answer(body: string, given?: Given): string
}

/** What is odd about an answer. */
interface Given {
  status?: string
  /** Header lines beside the usual ones. */
  lines?: string[]
  /** The signature's time in unix seconds; `false` for none. */
  timestamp?: number | false
  serial?: string
  privateKey?: string
  /** Length that the head promises. */
  length?: number
}

export type Fault = (attempt: Attempted) => void

/** A WeChat Pay on a raw socket that responds as badly as a test wants. Each response closes its connection. */
export interface Faulty {
  url: string
  attempts: Seen[]
  /** How the next attempts go. */
  fault: Fault
  close(): Promise<void>
}

/** Starts one on 127.0.0.1. */
export async function startFaulty(platform: { serial: string; privateKey: string }): Promise<Faulty> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const [head = '', ...rest] = text.split('\r\n\r\n')
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
      if (rest.length === 0 || rest.join('\r\n\r\n').length < length) return
      text = ''
      const [line = '', ...headers] = head.split('\r\n')
      const [method = '', path = ''] = line.split(' ')
      const authorization = headers.find((one) => /^authorization:/i.test(one)) ?? ''
      const seen = { method, path, headers, authorization }
      faulty.attempts.push(seen)
      faulty.fault({ socket, number: faulty.attempts.length, seen, answer })
    })
  })
  const answer = (body: string, given: Given = {}) => {
    const { status = '200 OK', lines = [], length = Buffer.byteLength(body) } = given
    const { timestamp = Math.floor(Date.now() / 1000), serial = platform.serial } = given
    const nonce = randomBytes(16).toString('hex')
    const key = given.privateKey ?? platform.privateKey
    const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), key).toString('base64')
    const signed =
      timestamp === false
        ? []
        : [
            `Wechatpay-Timestamp: ${timestamp}`,
            `Wechatpay-Nonce: ${nonce}`,
            `Wechatpay-Serial: ${serial}`,
            `Wechatpay-Signature: ${signature}`,
          ]
    const head = [
      `HTTP/1.1 ${status}`,
      'Connection: close',
      'Request-ID: 08F0',
      `Content-Length: ${length}`,
      ...(lines.some((line) => /^content-type/i.test(line)) ? [] : ['Content-Type: application/json']),
      ...signed,
      ...lines,
    ]
    return `${head.join('\r\n')}\r\n\r\n${body}`
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const faulty: Faulty = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    attempts: [],
    fault: ({ socket, answer: whole }) => socket.end(whole('{}')),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return faulty
}
