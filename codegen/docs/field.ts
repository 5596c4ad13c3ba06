import type { Position } from './diagnostics.ts'

/** The scalar and container types of the second column; `[]` is kept apart as `array`. */
export type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'object'

/** How a value is encrypted: `rsa` by an RSA public key (whose, tells the direction), `aes-gcm` by the APIv3 key. */
export type Encryption = 'rsa' | 'aes-gcm'

/** One row of a table with the rows below it. */
export interface Field extends Position {
  name: string
  type: FieldType
  array: boolean
  required: boolean
  description: Description
  encryption?: Encryption
  /** The rows below an object, in the page's order. */
  children: Field[]
  /** The rows behind a separator: what the string holds once it is decoded or decrypted. */
  embedded?: Field[]
  /** The embedded content is the array below the only embedded row, not an object that holds it. */
  embeddedList?: boolean
  /** Further rows of the same name: the value is one of them and this one. */
  alternatives?: Field[]
}

/** What the third column says. */
export interface Description extends Position {
  /** The short label of the field, when it is a term and no sentence. */
  term?: string
  /** The whole text, for a user's own copy. */
  prose: string
  /** The values the page lists, as written. */
  values?: string[]
  /** The value that is used when the field is left out. */
  default?: string
  /** The unit the page names. */
  unit?: 'fen' | 'seconds'
}
