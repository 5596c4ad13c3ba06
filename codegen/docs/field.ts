import type { Position } from './diagnostics.ts'
import type { Format } from './format.ts'

/** The types in the second column, without `[]`. */
export type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'object'

/** How a value is encrypted: `rsa` with the receiver's RSA public key, `aes-gcm` with the APIv3 key. */
export type Encryption = 'rsa' | 'aes-gcm'

/** The unit of an amount of money or of a duration. */
export type Unit = 'fen' | 'yuan' | 'seconds'

/** One row of a table, with the rows below it. */
export interface Field extends Position {
  name: string
  type: FieldType
  /** The type has `[]`. */
  array: boolean
  required: boolean
  description: Description
  encryption?: Encryption
  /** The rows below an object, in the page's order. */
  children: Field[]
  /** The rows after a separator: the fields of the string once it is parsed or decrypted. */
  embedded?: Field[]
  /** The string is the array of the only embedded row, not an object with that array. */
  embeddedList?: boolean
  /** More rows of the same name: the value is this one or one of them. */
  alternatives?: Field[]
}

/** The third column. */
export interface Description extends Position {
  /** The short label of the field, if it is a term and not a sentence. */
  term?: string
  /** The whole text. */
  prose: string
  /** The values of the enum, as written. */
  values?: string[]
  /** The value when the field is left out. */
  default?: string
  /** The unit of the value. */
  unit?: Unit
  /** How the date or time is written. */
  format?: Format
}
