import { ConfigError } from '../errors.ts'
import type { AnyNotification, EventNotification } from './notification.ts'

/** What a handler receives beside the notification. */
export interface HandlerContext {
  /** Aborts 5 s after the notification arrived, when WeChat Pay stops waiting and will send it again. */
  signal: AbortSignal
}

/**
 * Its return value is ignored, so `(n) => queue.add(n)` is safe. A `Response` is sent, which a few events need, such as
 * `PARKING_FEE.QUERY_TRANS_INFO`.
 */
type Handle<N> = (notification: N, context: HandlerContext) => unknown

/** A handler for each event. `other` handles events that have none. */
export type HandlerTable<Resources> = {
  readonly [Event in keyof Resources]?: Handle<EventNotification<Resources, Event>>
} & { readonly other?: Handle<AnyNotification<Resources>> }

/** One function for all events, or one for each event. */
export type Handler<Resources> = Handle<AnyNotification<Resources>> | HandlerTable<Resources>

/**
 * Calls the handler of a notification's event.
 *
 * @throws {ConfigError} when there is none, so that the notification is not lost: WeChat Pay sends it again
 */
export async function dispatch<Resources>(
  on: Handler<Resources>,
  notification: AnyNotification<Resources>,
  context: HandlerContext,
): Promise<unknown> {
  if (typeof on === 'function') return on(notification, context)
  const { event_type } = notification
  const handle = (Object.hasOwn(on, event_type) ? on[event_type as keyof Resources] : on.other) as
    | Handle<AnyNotification<Resources>>
    | undefined
  if (handle) return handle(notification, context)
  throw new ConfigError('ERR_CONFIG', `no handler for ${String(event_type)}`, {
    hint: 'Add one of that name, or one named other, which handles all events without their own',
  })
}
