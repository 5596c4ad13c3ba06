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

/**
 * A notification of one event.
 *
 * @typeParam Resources the decrypted resource of each event, by `event_type`
 */
export interface EventNotification<Resources, Event extends keyof Resources> extends NotificationHead {
  event_type: Event
  /** Decrypted. */
  resource: Resources[Event]
}

/** A notification of an event that this version does not know. */
export interface OtherNotification extends NotificationHead {
  /** Any other event. Its type is a placeholder, because `string` would keep `switch (event_type)` from narrowing. */
  event_type: '(an event that this version does not know)'
  /** Decrypted. */
  resource: Record<string, unknown>
}

type ByEvent<Resources> = { [Event in keyof Resources]: EventNotification<Resources, Event> }

/**
 * A verified and decrypted notification. `switch (notification.event_type)` narrows `resource`; unknown events reach
 * `default`.
 */
export type AnyNotification<Resources> = ByEvent<Resources>[keyof Resources] | OtherNotification
