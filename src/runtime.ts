/** What the code that `generate` writes is made of. An app imports that code, or the entries of this package. */
export { type AnyClient, chainOf } from './chain/chain.ts'
export { brandClientOf, clientOf } from './client/client.ts'
export type { BrandOptions, MerchantOptions } from './client/options.ts'
export { type AnyGet, type ItemOf, type Pages, pagesOf } from './client/pages.ts'
export { pathsOf } from './client/path-client.ts'
export type { ClientWith, Operations, ThrowingClientWith } from './operations/table.ts'
export type {
  ApiError,
  CallOptions,
  ChainOptions,
  ChainOptionsWithHeaders,
  Result,
  SecondArgumentRequired,
} from './result.ts'
export type {
  DataOrResult,
  Impossible,
  Only,
  OthersIf,
  ReturnsResults,
  ThrowingNode,
  ThrowingPaths,
  ThrowsOnError,
  Unsaid,
  WithThrowOnError,
} from './throw-on-error.ts'
export type { Handler, HandlerTable } from './webhooks/dispatch.ts'
export type { AnyNotification, EventNotification } from './webhooks/notification.ts'
export { type NotificationOptions, type Receiver, receiverOf } from './webhooks/notifications.ts'
