import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { connect } from 'node:net'
import * as assert from 'uvu/assert'
import type { Sandbox } from '../../sandbox/index.ts'

/** A request that is made by hand, so that each part of it can be wrong. */
export interface Sent {
  method?: string
  target?: string
  body?: string | Buffer
  headers?: Record<string, string | undefined>
  /** What is signed, where it is not what is sent. */
  signed?: {
    method?: string
    target?: string
    body?: string | Buffer
    timestamp?: string
    nonce?: string
    key?: string
  }
  authorization?: (header: string) => string
}

/** What came back. */
export interface Got {
  status: number
  /** Lower case. */
  headers: Record<string, string>
  raw: Buffer
  /** The body as JSON, if it is. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  body: any
}

/** Who signs. */
export interface Signatory {
  /** `mchid` or `brand_id`, and its value. */
  id: [name: string, value: string]
  serial: string
  privateKey: string
}

/** Signs and sends over a bare socket: it shares no code with the client or with a platform's `fetch`. */
export class HandSigned {
  private count = 0
  private readonly key: KeyObject
  private readonly sandbox: Sandbox
  private readonly signatory: Signatory

  constructor(sandbox: Sandbox, signatory: Signatory) {
    this.sandbox = sandbox
    this.signatory = signatory
    this.key = createPrivateKey(signatory.privateKey)
  }

  async send(sent: Sent = {}): Promise<Got> {
    const { method = 'GET', target = '/v3/smartguide/guides/default', body = '' } = sent
    const headers = {
      Host: 'x',
      Accept: 'application/json',
      'User-Agent': 'test',
      Authorization: this.authorization(sent),
      ...(body.length > 0 && {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(body)),
      }),
      Connection: 'close',
      ...sent.headers,
    }
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${value}\r\n`],
    )
    const socket = connect(this.sandbox.port, '127.0.0.1')
    socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`)
    socket.write(body)
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk)
    return got(Buffer.concat(chunks))
  }

  /** Sends, and asserts that it is refused. */
  async refused(sent: Sent, status: number, code: string, field?: string): Promise<Got['body']> {
    const answer = await this.send(sent)
    assert.is(answer.status, status, JSON.stringify(answer.body))
    assert.is(answer.body.code, code)
    if (field !== undefined) assert.is(answer.body.detail.field, field, JSON.stringify(answer.body))
    return answer.body
  }

  private authorization(sent: Sent): string {
    const { method = 'GET', target = '/v3/smartguide/guides/default', body = '', signed = {} } = sent
    const { id, serial } = this.signatory
    const timestamp = signed.timestamp ?? String(Math.floor(Date.now() / 1000))
    const nonce = signed.nonce ?? `nonce${++this.count}`
    const head = `${signed.method ?? method}\n${signed.target ?? target}\n${timestamp}\n${nonce}\n`
    const message = Buffer.concat([Buffer.from(head), Buffer.from(signed.body ?? body), Buffer.from('\n')])
    const signature = sign('sha256', message, signed.key ?? this.key).toString('base64')
    const scheme = id[0] === 'brand_id' ? 'WECHATPAY-BRAND-SHA256-RSA2048' : 'WECHATPAY2-SHA256-RSA2048'
    const header = `${scheme} ${id[0]}="${id[1]}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`
    return sent.authorization?.(header) ?? header
  }
}

function got(bytes: Buffer): Got {
  const gap = bytes.indexOf('\r\n\r\n')
  const [top = '', ...lines] = bytes.subarray(0, gap).toString().split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(': ')[0]!.toLowerCase(), line.replace(/^[^:]*: /, '')]),
  )
  const raw = bytes.subarray(gap + 4)
  const json = raw.length > 0 && /json/.test(headers['content-type'] ?? '')
  return {
    status: Number(top.split(' ')[1]),
    headers,
    raw,
    body: json ? JSON.parse(raw.toString()) : undefined,
  }
}
