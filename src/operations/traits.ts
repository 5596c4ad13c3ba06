/**
 * Places of fields in a body, a query or a response, as paths: `payer.name`, `receivers[].name`. A path leads through
 * JSON text as if it were the object or list that the text holds.
 */
export interface Places {
  /** Fields that are encrypted on the wire. */
  readonly encrypted?: readonly string[]
  /** Fields that are JSON text on the wire, outer ones first. */
  readonly json?: readonly string[]
}

/** The parts of an upload. */
export interface Form {
  /** The part with JSON. It alone is signed. */
  readonly signed: string
  /** The part with the file. */
  readonly file: string
  /** The field of the signed part with the file's digest in hexadecimal. */
  readonly digest: string
  /** The algorithm of that digest. */
  readonly algorithm: 'SHA-256' | 'SM3'
}

/** How a list is read page by page. Each member has a default, which most operations have. */
export interface PageTraits {
  /** What `start` counts. Default: items. */
  readonly by?: 'page' | 'cursor'
  /** The query parameter that says where a page begins. Default: `offset`. */
  readonly start?: string
  /** The query parameter with the number of items of a page. Default: `limit`. */
  readonly size?: string
  /** The field of the response with the list. Default: `data`. */
  readonly items?: string
  /** The field with the number of items of all pages; empty where there is none. Default: `total_count`. */
  readonly total?: string
  /** The field with the cursor of the next page. */
  readonly next?: string
  /** The number of the first page. Default: 0. */
  readonly first?: number
}

/** How an operation differs from most others on the wire. */
export interface Traits {
  /** The request is sent without Authorization. */
  readonly unauthorized?: true
  /** A 2xx response carries no signature. */
  readonly unsigned?: true
  /** A 2xx response is a file. */
  readonly file?: true
  /** The response header with the file's digest. The signature covers it in place of the body. */
  readonly digest?: string
  /** The field of the body that makes it safe to send the request again. */
  readonly idempotencyKey?: string
  /**
   * The query that tells what became of a request: how many segments its path has in common with the operation's, its
   * other segments, and the names of its query, with `*` where one may be absent and `=` before a constant. Each value has
   * the same name in the request, in its path, its query or its body. Of `POST /v3/pay/transactions/jsapi` it is
   * `3/out-trade-no/{out_trade_no}?mchid`.
   */
  readonly settledBy?: string
  /** The response has a list that is read page by page. */
  readonly pages?: PageTraits
  /** Entry points, the preferred one first, when they are not the default ones. */
  readonly servers?: readonly string[]
  /** The parts of an upload. */
  readonly form?: Form
  /** Fields of the body that the client encrypts or writes as JSON text. */
  readonly request?: Places
  /** The same for the query. */
  readonly query?: Places
  /** Fields of the response that the client decrypts or parses. */
  readonly response?: Places
}
