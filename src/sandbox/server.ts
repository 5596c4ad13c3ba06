import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, failure, type Platform, type SignedWith, signed, success } from './answer.ts'
import { authorizationJudge, type Merchant } from './authorization.ts'
import { checkBody } from './body.ts'
import type { Document } from './document.ts'
import { checkParameters } from './parameters.ts'
import { type RequestRecord, record } from './record.ts'
import { paramError, Refusal } from './refusal.ts'
import { router } from './route.ts'
import { compilers } from './schemas.ts'

/** What a {@link SandboxOptions.fault} gets beside the answer. */
export interface FaultTools {
  request: RequestRecord
  /** Signs an answer again, after its body changed or at another time. */
  sign(answer: Answer, given?: SignedWith): Answer
}

/** What the sandbox knows. */
export interface SandboxOptions {
  /** Parsed OpenAPI 3.1 documents. */
  documents: readonly object[]
  merchants: Merchant[]
  /** The key that answers are signed with. */
  platform: Platform
  /** Any free one by default. */
  port?: number
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: () => number
  /** Spoils an answer on its way out: gets it as it would be sent and returns what is sent. One that throws hangs up. */
  fault?: (answer: Answer, tools: FaultTools) => Answer
}

/** A running sandbox. */
export interface Sandbox {
  /** For `createClient({ baseUrl })`. */
  url: string
  port: number
  /** Every request so far, as it came, refused ones too. */
  requests: RequestRecord[]
  close(): Promise<void>
}

/**
 * Starts a small WeChat Pay on 127.0.0.1. It verifies what it gets, over the bytes that came; checks it
 * against the documents; and answers signed, with values made from the schemas. Errors read like
 * WeChat Pay's.
 *
 * ```ts
 * const sandbox = await startSandbox({ documents: [parse(yaml)], merchants: [merchant], platform })
 * const client = createClient({ ...options, baseUrl: sandbox.url })
 * ```
 *
 * It keeps no orders: the same request gets the same answer. Node only; it needs `ajv` and `ajv-formats`.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { platform, port = 0, clock = Date.now, fault } = options
  const route = router(options.documents as Document[])
  const compile = compilers()
  const judge = authorizationJudge(options.merchants, clock)
  const requests: RequestRecord[] = []

  function answerTo(request: RequestRecord): Answer {
    try {
      checkHeaders(request, platform)
      judge(request)
      const found = route(request.method, request.target)
      request.operation = `${request.method} ${found.path}`
      checkParameters(found, request, compile(found.document))
      checkBody(found, request, compile(found.document))
      return signed(success(found), platform, clock)
    } catch (thrown) {
      if (thrown instanceof Refusal) return failure(thrown)
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      return failure(new Refusal(500, 'SYSTEM_ERROR', `the sandbox failed: ${reason}`))
    }
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await record(incoming)
    requests.push(request)
    const answer = answerTo(request)
    const sign = (again: Answer, given?: SignedWith) => signed(again, platform, clock, given)
    const sent = fault?.(answer, { request, sign }) ?? answer
    request.status = sent.status
    send(sent, outgoing)
  }

  const server = createServer((incoming, outgoing) => {
    // A caller that hung up, or a fault that threw: there is nobody to answer, or nothing to say.
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function checkHeaders({ headers }: RequestRecord, platform: Platform): void {
  if (!/(^|[\s,])(application\/json|application\/\*|\*\/\*)/i.test(headers.accept ?? '')) {
    throw paramError('header', 'Accept', 'missing, or application/json is not among it')
  }
  if (!headers['user-agent']) throw paramError('header', 'User-Agent', 'missing')
  const serial = headers['wechatpay-serial']
  if (serial !== undefined && serial !== platform.serial) {
    throw paramError(
      'header',
      'Wechatpay-Serial',
      'not a key of WeChat Pay; never send the merchant’s own serial',
    )
  }
}

function send({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const bodiless = status === 204 || status === 304
  outgoing.writeHead(status, { ...headers, ...(!bodiless && { 'Content-Length': body.length }) })
  outgoing.end(bodiless ? undefined : body)
}
