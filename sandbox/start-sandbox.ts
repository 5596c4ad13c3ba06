import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { requestHandler } from './handle-request.ts'
import { accountId } from './keys/accounts.ts'
import { createKeyring } from './keys/keyring.ts'
import {
  createNotification,
  type Notification,
  type NotificationOptions,
} from './notify/create-notification.ts'
import { type RequestRecord, readRequest } from './receive/request-record.ts'
import type { SandboxResponse } from './respond/sandbox-response.ts'
import { type SignatureOptions, signatureDefaults, signResponse } from './respond/sign-response.ts'
import type { Sandbox, SandboxOptions } from './sandbox-options.ts'
import { specDocuments } from './spec/spec-documents.ts'
import type { Document } from './spec/spec-types.ts'

/**
 * Starts a WeChat Pay for tests on 127.0.0.1. It verifies the signature over the received bytes, checks the request
 * against the documents, and sends a signed response with values made from the schemas. Errors have WeChat Pay's shape.
 *
 * ```ts
 * const { pay } = await specDocuments(['pay'])
 * const sandbox = await startSandbox({ documents: [pay], merchants: [merchant], platform })
 * const client = createClient({ ...options, baseUrl: sandbox.url })
 * ```
 *
 * It keeps no orders: the same request always gets the same response.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { merchants, platform, port = 0, clock = Date.now, fault } = options
  const documents = options.documents as Document[]
  const keys = createKeyring(platform, clock)
  const handle = requestHandler(documents, merchants, keys, clock)
  const requests: RequestRecord[] = []

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming)
    requests.push(request)
    const { response, digestHeader } = await handle(request)
    const defaults = signatureDefaults(request)
    const sign = (changed: SandboxResponse, values?: SignatureOptions) =>
      signResponse(changed, keys, clock, { ...defaults, ...values }, digestHeader)
    const sent = (await fault?.(response, { request, sign })) ?? response
    request.status = sent.status
    send(sent, outgoing)
  }

  async function notification(eventType: string, given: NotificationOptions = {}): Promise<Notification> {
    const account = merchants.find((one) =>
      given.account === undefined ? one.apiV3Key : accountId(one) === given.account,
    )
    if (!account) {
      throw new RangeError(
        given.account === undefined
          ? 'notification: `merchants` has no account with an `apiV3Key`'
          : `notification: \`merchants\` has no account ${given.account}`,
      )
    }
    const webhooks =
      documents.find((document) => document.webhooks) ?? (await specDocuments(['webhooks'])).webhooks
    return createNotification(eventType, given, account, webhooks as Document, keys, clock)
  }

  const server = createServer((incoming, outgoing) => {
    // Fails when the caller hung up or a fault threw. Either way the connection is closed.
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  // No limit, so that a connection is never closed just when a caller that paused sends its next request.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    requests,
    notification,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send({ status, headers, body }: SandboxResponse, outgoing: ServerResponse): void {
  const hasBody = status !== 204 && status !== 304
  outgoing.writeHead(status, { ...headers, ...(hasBody && { 'Content-Length': body.length }) })
  outgoing.end(hasBody ? body : undefined)
}
