import type { NotificationResources } from '../../generated/webhooks/resources.ts'

/** Events that this version knows: the values of `event_type`. */
export type NotificationEvent = keyof NotificationResources

/** What every notification says of itself. */
export interface NotificationHead {
  /** Unique. The same notification comes more than once, and at the same time: remember which were processed. */
  id: string
  /** RFC 3339: `2026-01-31T10:00:00+08:00`. */
  create_time: string
  /** `encrypt-resource`. */
  resource_type: string
  /** One line for people. */
  summary: string
  /** What kind of thing `resource` is: `transaction`, `refund`, … */
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
  /**
   * Any other event than those known. Its type is a stand-in: were it `string`, `switch (event_type)` could not tell
   * the others apart.
   */
  event_type: '(an event that this version does not know)'
  /** Decrypted. */
  resource: Record<string, unknown>
}

type ByEvent = { [Event in NotificationEvent]: NotificationOf<Event> }

/**
 * A verified and decrypted notification. `switch (notification.event_type)` narrows `resource`; an event that this
 * version does not know is left to `default`.
 */
export type Notification = ByEvent[NotificationEvent] | OtherNotification
