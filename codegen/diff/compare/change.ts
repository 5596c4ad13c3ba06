import type { RuleId } from '../rules/all-rules.ts'
import type { Direction, Level } from '../rules/level.ts'
import type { Text } from '../rules/rule.ts'
import type { SuspicionId } from '../rules/suspicion-texts.ts'

/** The operation or notification that a change is about, as named on the newer side that has it. */
export interface Subject {
  /** `pay`, or `webhooks`. */
  domain: string
  /** `POST /v3/pay/transactions/jsapi`, or the event type of a notification. Absent for a whole domain. */
  operation?: string
  /** The title of the page. */
  title?: string
  /** `x-source`: page and anchor. */
  page?: string
  /** The official document. */
  link?: string
}

/** One side of a change. */
export interface Side {
  /** JSON Pointer into the document of the side. https://www.rfc-editor.org/rfc/rfc6901 */
  pointer: string
  /** File and line, if the side was read from a file: `spec/pay.yaml:120`. */
  place?: string
  /** The value that changed: a schema, a type, a name, a list. Plain JSON. */
  value?: unknown
}

/** One change between two specs, judged. */
export interface Change {
  rule: RuleId
  /** For a deployed app that keeps its SDK. */
  wire: Level
  /** For an app that upgrades and compiles. */
  types: Level
  direction?: Direction
  subject: Subject
  /** Path within the operation: `['body', 'amount', 'total']`, `['query', 'mchid']`, `['200', 'data', '[]', 'id']`. */
  location: string[]
  before?: Side
  after?: Side
  /** The sentence of the rule with its placeholders filled in. */
  message: Text
  /** 16 hexadecimal digits; the same in every run, even if other changes come and go or lines move. */
  fingerprint: string
}

/** Something that looks like a mistake of a page rather than a change of the API; reported first. */
export interface Suspicion {
  rule: SuspicionId
  subject: Subject
  location: string[]
  message: Text
  /** Fingerprints of the changes that it would explain. */
  explains: string[]
}

/** All differences between two specs. */
export interface Comparison {
  /** By domain and operation; within an operation worst first. */
  changes: Change[]
  suspicions: Suspicion[]
}
