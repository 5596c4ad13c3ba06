import type { NotificationResources } from '../../generated/webhooks/resources.ts'

/** The known events: values of `event_type`. */
export type NotificationEvent = keyof NotificationResources

/** The fields of every notification. */
export interface NotificationHead {
  /** Unique. A notification may arrive more than once, even concurrently: remember which ones were processed. */
  id: string
  /** RFC 3339: `2026-01-31T10:00:00+08:00`. */
  create_time: string
  /** `encrypt-resource`. */
  resource_type: string
  /** A short description. */
  summary: string
  /** The kind of `resource`: `transaction`, `refund`, … */
  original_type: string
}

/** A notification of one event. */
export interface NotificationOf<Event extends NotificationEvent> extends NotificationHead {
  event_type: Event
  /** Decrypted. */
  resource: NotificationResources[Event]
}

/** A notification of an event that this version does not know. */
export interface OtherNotification extends NotificationHead {
  /** Any other event. Its type is a placeholder, because `string` would keep `switch (event_type)` from narrowing. */
  event_type: '(an event that this version does not know)'
  /** Decrypted. */
  resource: Record<string, unknown>
}

type ByEvent = { [Event in NotificationEvent]: NotificationOf<Event> }

/**
 * A verified and decrypted notification. `switch (notification.event_type)` narrows `resource`; unknown events reach
 * `default`.
 */
export type Notification = ByEvent[NotificationEvent] | OtherNotification
