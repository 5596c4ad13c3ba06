/** What a change does to those who have it: an app stops working, may stop working, or need not care. */
export type Level = 'breaking' | 'warning' | 'info'

/** Levels, worst first. */
export const levels = ['breaking', 'warning', 'info'] as const satisfies readonly Level[]

/** Requests are sent by the app; responses and notifications are received by it. */
export type Direction = 'request' | 'response' | 'notification'

/** The operation or notification that a change is about, as the newer side that has it tells it. */
export interface Subject {
  /** `pay`, or `webhooks`. */
  domain: string
  /** `POST /v3/pay/transactions/jsapi`; a notification is its event type. Absent for a whole domain. */
  operation?: string
  /** The page's title. */
  title?: string
  /** `x-source`: page and anchor. */
  page?: string
  /** The official document. */
  link?: string
}

/** One side of a change. */
export interface Side {
  /** JSON Pointer into the side's document. https://www.rfc-editor.org/rfc/rfc6901 */
  pointer: string
  /** File and line of that side, where it was read from a file: `spec/pay.yaml:120`. */
  place?: string
  /** The value that changed: a schema, a type, a name, a list. Plain JSON. */
  value?: unknown
}

/** One change between two specs, judged. */
export interface Change {
  /** Id of the rule; see `rules.ts`. */
  rule: string
  /** For a deployed app that keeps its SDK. */
  wire: Level
  /** For an app that upgrades and compiles. */
  types: Level
  direction?: Direction
  subject: Subject
  /** Place within the operation, for people: `['body', 'amount', 'total']`, `['query', 'mchid']`, `['200', 'data', '[]', 'id']`. */
  location: string[]
  before?: Side
  after?: Side
  /** The rule's sentence with this change's names filled in. */
  message: { en: string; zh: string }
  /** Stable over runs, other changes, order and line numbers: 16 hexadecimal digits. */
  fingerprint: string
}

/** What looks like a mistake of a page rather than a change of the API; told first. */
export interface Suspicion {
  /** Id of the suspicion: `table-vanished`, `domain-halved`, `enums-swapped`, `response-is-request`. */
  rule: string
  subject: Subject
  location: string[]
  message: { en: string; zh: string }
  /** Fingerprints of the changes that it would explain. */
  explains: string[]
}

/** All that differs between two specs. */
export interface Comparison {
  /** Worst first within a subject; subjects by domain and operation. */
  changes: Change[]
  suspicions: Suspicion[]
}
