import { createHash, verify } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrived, and what its signature says of it. */
interface Judged {
  /** Method and target. */
  line: string
  /** The JSON text, or the signed part of a form. */
  text: string
  /** The file of a form. */
  file?: Buffer
  /** The name of the file in its part's header. */
  filename?: string
  /** Whether the signature covers exactly this. */
  signed: boolean
  /** Whether the signed part of a form has the digest of the file. */
  digested?: boolean
}

/** A server that verifies signatures with OpenSSL alone, and answers with an error of the API. */
export interface SignatureJudge {
  url: string
  /** What arrived, in order. */
  arrived: Judged[]
  /** The status of each answer; 400 once it is empty. */
  statuses: number[]
  close(): Promise<void>
}

/**
 * Starts a server that shares no code with the client.
 *
 * @param publicKey PEM of the merchant
 */
export async function startSignatureJudge(publicKey: string): Promise<SignatureJudge> {
  const judge: SignatureJudge = { url: '', arrived: [], statuses: [], close }
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    judge.arrived.push(judged(request, Buffer.concat(pieces), publicKey))
    response.writeHead(judge.statuses.shift() ?? 400, { 'Content-Type': 'application/json' })
    response.end('{"code":"PARAM_ERROR","message":"judged"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  judge.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return judge

  function close(): Promise<void> {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
}

function judged({ method, url, headers }: IncomingMessage, body: Buffer, publicKey: string): Judged {
  const type = headers['content-type'] ?? ''
  const form = type.startsWith('multipart/') ? partsOf(body, /boundary=(\S+)/.exec(type)![1]!) : undefined
  const text = form ? form[0]!.content : body
  const [, nonce, signature, timestamp] =
    /nonce_str="(.*?)",signature="(.*?)",timestamp="(.*?)"/.exec(headers.authorization ?? '') ?? []
  const head = Buffer.from(`${method}\n${url}\n${timestamp}\n${nonce}\n`)
  const message = Buffer.concat([head, text, Buffer.from('\n')])
  const signed = verify('sha256', message, publicKey, Buffer.from(signature ?? '', 'base64'))
  const seen = { line: `${method} ${url}`, text: text.toString(), signed }
  if (!form) return seen
  const { head: own, content: file } = form[1]!
  const filename = /filename="(.*?)"/.exec(own)?.[1] ?? ''
  const digest = createHash('sha256').update(file).digest('hex')
  return { ...seen, file, filename, digested: JSON.parse(seen.text).sha256 === digest }
}

function partsOf(body: Buffer, boundary: string): { head: string; content: Buffer }[] {
  const mark = Buffer.from(`--${boundary}`)
  const parts: { head: string; content: Buffer }[] = []
  for (let at = 0, next = body.indexOf(mark, 1); next > 0; at = next, next = body.indexOf(mark, next + 1)) {
    const part = body.subarray(at + mark.length + 2, next - 2)
    const gap = part.indexOf('\r\n\r\n')
    parts.push({ head: part.subarray(0, gap).toString(), content: part.subarray(gap + 4) })
  }
  return parts
}
