import type { Account } from './keys/accounts.ts'
import type { PlatformKey } from './keys/keyring.ts'
import type { Notification, NotificationOptions } from './notify/create-notification.ts'
import type { RequestRecord } from './receive/request-record.ts'
import type { SandboxResponse } from './respond/sandbox-response.ts'
import type { SignatureOptions } from './respond/sign-response.ts'

/** Options of {@link startSandbox}. */
export interface SandboxOptions {
  /** Parsed OpenAPI 3.1 documents, such as those of {@link specDocuments}. */
  documents: readonly object[]
  /** The merchants and brands that may call. */
  merchants: readonly Account[]
  /**
   * The key that signs responses, or several: a public key, and old and new certificates. A request selects one with
   * `Wechatpay-Serial`; otherwise the newest certificate in effect signs, or else the first key. The list is read again
   * for each request, so a test may change it to switch keys.
   */
  platform: PlatformKey | readonly PlatformKey[]
  /** TCP port; any free one by default. */
  port?: number
  /** Returns milliseconds since 1970; the system's clock by default. */
  clock?: () => number
  /**
   * Changes a response before it is sent, for tests of failures: receives the response, and returns the one to send.
   * When it throws, the sandbox closes the connection without a response.
   */
  fault?: (response: SandboxResponse, tools: FaultTools) => SandboxResponse | Promise<SandboxResponse>
}

/** The second argument of {@link SandboxOptions.fault}. */
export interface FaultTools {
  request: RequestRecord
  /** Signs a response again after its body changed, or with other values. */
  sign(response: SandboxResponse, options?: SignatureOptions): SandboxResponse
}

/** A running sandbox. */
export interface Sandbox {
  /** The base URL for a client, such as `http://127.0.0.1:40123`. */
  url: string
  port: number
  /** All requests so far, including refused ones. */
  requests: RequestRecord[]
  /**
   * Creates a notification of an event, such as `TRANSACTION.SUCCESS`, signed and encrypted, for an app's handler:
   *
   * ```ts
   * const notification = await sandbox.notification('TRANSACTION.SUCCESS', { resource: { out_trade_no } })
   * await handler(new Request('https://app.example/notify', { method: 'POST', ...notification }))
   * ```
   *
   * @throws {RangeError} for an unknown event, unless `options.resource` is set
   */
  notification(eventType: string, options?: NotificationOptions): Promise<Notification>
  close(): Promise<void>
}
