import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { judge } from './handle-request.ts'
import { type Account, idOf } from './keys/accounts.ts'
import { keyring, type Platform } from './keys/keyring.ts'
import { type Notification, type NotificationOptions, notification } from './notify/create-notification.ts'
import { type RequestRecord, record } from './receive/request-record.ts'
import { type Answer, type SignedWith, signed } from './respond/signed-response.ts'
import { specDocuments } from './spec/spec-documents.ts'
import type { Document } from './spec/spec-types.ts'

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
  /** Who may call: merchants, and brands. */
  merchants: readonly Account[]
  /**
   * The key that answers are signed with, or several: a public key and certificates, old and new. A request
   * names the one it wants with `Wechatpay-Serial`; without that the newest certificate signs, else the first
   * key. A list is read anew for each request: change it to switch keys.
   */
  platform: Platform | readonly Platform[]
  /** Any free one by default. */
  port?: number
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: () => number
  /** Spoils an answer on its way out: gets it as it would be sent and returns what is sent. One that throws hangs up. */
  fault?: (answer: Answer, tools: FaultTools) => Answer | Promise<Answer>
}

/** A running sandbox. */
export interface Sandbox {
  /** For `createClient({ baseUrl })`. */
  url: string
  port: number
  /** Every request so far, as it came, refused ones too. */
  requests: RequestRecord[]
  /**
   * Makes a notification of an event, such as `TRANSACTION.SUCCESS`, signed and encrypted, for an app's
   * handler:
   *
   * ```ts
   * const notification = await sandbox.notification('TRANSACTION.SUCCESS', { resource: { out_trade_no } })
   * await handler(new Request('https://app.example/notify', { method: 'POST', ...notification }))
   * ```
   *
   * @throws {RangeError} for an event that there is not, unless its resource is given
   */
  notification(eventType: string, options?: NotificationOptions): Promise<Notification>
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
  const { merchants, platform, port = 0, clock = Date.now, fault } = options
  const documents = options.documents as Document[]
  const keys = keyring(platform, clock)
  const verdictOn = judge(documents, merchants, keys, clock)
  const requests: RequestRecord[] = []

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await record(incoming)
    requests.push(request)
    const { answer, digest } = await verdictOn(request)
    const wanted = request.headers['wechatpay-serial']
    const usual = typeof wanted === 'string' ? { serial: wanted } : {}
    const sign = (again: Answer, given?: SignedWith) =>
      signed(again, keys, clock, { ...usual, ...given }, digest)
    const sent = (await fault?.(answer, { request, sign })) ?? answer
    request.status = sent.status
    send(sent, outgoing)
  }

  async function notify(eventType: string, given: NotificationOptions = {}): Promise<Notification> {
    const account = merchants.find((one) =>
      given.account === undefined ? one.apiV3Key : idOf(one) === given.account,
    )
    if (!account) throw new RangeError('the sandbox knows no such account, or none with an apiV3Key')
    const webhooks =
      documents.find((document) => document.webhooks) ?? (await specDocuments(['webhooks']))['webhooks']
    return notification(eventType, given, account, webhooks as Document, keys, clock)
  }

  const server = createServer((incoming, outgoing) => {
    // A caller that hung up, or a fault that threw: there is nobody to answer, or nothing to say.
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  // No limit: a caller that pauses would send its next request while the connection is being closed.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    requests,
    notification: notify,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const bodiless = status === 204 || status === 304
  outgoing.writeHead(status, { ...headers, ...(!bodiless && { 'Content-Length': body.length }) })
  outgoing.end(bodiless ? undefined : body)
}
