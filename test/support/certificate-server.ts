import { createCipheriv, randomBytes, sign } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CertifiedPair } from './certificate.ts'

/** A certificate of the list, with the time of its effect in milliseconds since 1970. */
interface Listed extends CertifiedPair {
  from?: number
  until?: number
  /** What the list says its serial is. */
  named?: string
}

/** An answer before it goes out, to be spoiled. */
export interface CertificatesReply {
  status: number
  headers: Record<string, string>
  body: string
}

/** `GET /v3/certificates` on a socket. It shares no code with the package: node:crypto seals and signs. */
export interface CertificateServer {
  /** What is listed. */
  list: Listed[]
  /** Who signs the answer; the first of the list by default. */
  signer: { serial: string; privateKey: string } | undefined
  apiV3Key: string
  /** Milliseconds since 1970. */
  now: number
  /** How many lists were asked for. */
  hits: number
  /** Spoils the answers; `undefined` for honest ones. */
  fault: ((reply: CertificatesReply, raw: ServerResponse) => CertificatesReply | undefined) | undefined
  /** Its entry point: `http://127.0.0.1:12345`. */
  url: string
  /** Fetches the list, as a client that signs does. */
  download(): Promise<Response>
  close(): void
}

const year = 365 * 24 * 3600_000

/** Starts one, at a time of its own. */
export async function startCertificateServer(apiV3Key: string, now: number): Promise<CertificateServer> {
  const server = createServer((_, response) => {
    state.hits++
    const reply = honest(state)
    const sent = state.fault ? state.fault(reply, response) : reply
    if (sent) response.writeHead(sent.status, sent.headers).end(sent.body)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const state: CertificateServer = {
    list: [],
    signer: undefined,
    apiV3Key,
    now,
    hits: 0,
    fault: undefined,
    url: `http://127.0.0.1:${port}`,
    download: () => fetch(`http://127.0.0.1:${port}/v3/certificates`, { headers: { Connection: 'close' } }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return state
}

/** The signature headers of a text. */
export function signedHeaders(
  { serial, privateKey }: { serial: string; privateKey: string },
  body: string,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), privateKey)
  return {
    'Content-Type': 'application/json',
    'Request-ID': randomBytes(8).toString('hex'),
    'Wechatpay-Serial': serial,
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': signature.toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

/** AES-256-GCM by node:crypto. */
export function sealed(apiV3Key: string, text: string | Uint8Array, associated_data?: string) {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce)
  if (associated_data) cipher.setAAD(Buffer.from(associated_data))
  const bytes = Buffer.concat([cipher.update(Buffer.from(text)), cipher.final(), cipher.getAuthTag()])
  return {
    algorithm: 'AEAD_AES_256_GCM',
    nonce,
    ...(associated_data !== undefined && { associated_data }),
    ciphertext: bytes.toString('base64'),
  }
}

function honest({ list, signer, apiV3Key, now }: CertificateServer): CertificatesReply {
  const data = list.map(({ serial, named = serial, certificate, from = now - year, until = now + year }) => ({
    serial_no: named,
    effective_time: chinese(from),
    expire_time: chinese(until),
    encrypt_certificate: sealed(apiV3Key, certificate, 'certificate'),
  }))
  const body = JSON.stringify({ data })
  const by = signer ?? list[0]
  return { status: 200, headers: by ? signedHeaders(by, body, now) : {}, body }
}

function chinese(time: number): string {
  return new Date(time + 8 * 3600_000).toISOString().replace(/\.\d+Z$/, '+08:00')
}
