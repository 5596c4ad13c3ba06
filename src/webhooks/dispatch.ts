import { ConfigError } from '../errors.ts'
import type { Notification, NotificationEvent, NotificationOf } from './notification.ts'

/** What a handler gets beside the notification. */
export interface HandlerContext {
  /** Aborts 5 s after the notification came: WeChat Pay has stopped waiting then, and will send it again. */
  signal: AbortSignal
}

/**
 * What it returns does not matter, so that `(n) => queue.add(n)` is safe, unless it is a `Response`: a few events,
 * as `PARKING_FEE.QUERY_TRANS_INFO`, ask for an answer.
 */
type Handle<N> = (notification: N, context: HandlerContext) => unknown

/** A handler for each event; `other` takes what has none. */
export type NotificationTable = {
  readonly [Event in NotificationEvent]?: Handle<NotificationOf<Event>>
} & { readonly other?: Handle<Notification> }

/** One function for all events, or one for each. */
export type NotificationHandler = Handle<Notification> | NotificationTable

/**
 * Hands a notification to whom it concerns.
 *
 * @throws {ConfigError} when nobody takes it: it is not lost in silence, as WeChat Pay sends it again
 */
export async function dispatch(
  on: NotificationHandler,
  notification: Notification,
  context: HandlerContext,
): Promise<unknown> {
  if (typeof on === 'function') return on(notification, context)
  const { event_type } = notification
  const handle = (Object.hasOwn(on, event_type) ? on[event_type as NotificationEvent] : on.other) as
    | Handle<Notification>
    | undefined
  if (handle) return handle(notification, context)
  throw new ConfigError('ERR_CONFIG', `nothing handles ${event_type}`, {
    hint: 'Add a handler of that name, or other, which takes everything that has none',
  })
}
