/**
 * The extensions of OpenAPI in the documents. docs/pipeline.md explains each, and a test compares the two.
 */

/** Extensions of an operation. */
export interface OperationExtensions {
  /** The page and its anchor. */
  'x-source': string
  /** The operation or event of partners that this one of brands was made of: `POST /v3/…`, or its name. */
  'x-derived-from'?: string
  /** The kinds of merchant that the operation is for. */
  'x-mode'?: 'direct' | 'partner' | 'both'
  /** The operation that replaces this one: `POST /v3/…`. */
  'x-superseded-by'?: string
  /** The day on which the operation went offline. */
  'x-sunset'?: string
  /** The same path with other variable names. */
  'x-path-aliases'?: string[]
  /** The names in the chain, joined by dots, when they do not follow from the path. */
  'x-chain'?: string
  /** A 2xx response carries no signature. */
  'x-unsigned-response'?: true
  /** The part of a multipart body that is signed. */
  'x-signed-part'?: string
  /** The response header with a digest that the signature covers in place of the body. */
  'x-signed-digest'?: string
  /** The field of the body that makes it safe to send the request again. */
  'x-idempotency-key'?: string
  /** The query that tells what became of a request when its response did not come. */
  'x-settled-by'?: SettledBy
  /** How the list of the response is read page by page. */
  'x-pages'?: PagesExtension
}

/** A query of the same document, and where a request has what it is called with. */
export interface SettledBy {
  /** `GET /v3/pay/transactions/out-trade-no/{out_trade_no}` */
  operation: string
  /**
   * By the name of each parameter: a constant, or a runtime expression as in a Link Object, `$request.body#/out_trade_no`.
   * https://spec.openapis.org/oas/v3.1.0.html#runtime-expressions
   */
  parameters: Record<string, string | boolean>
}

/** Pages of a list. */
export interface PagesExtension {
  /** What `start` counts: items, pages, or nothing, where it is the cursor that the page before names. */
  by: 'item' | 'page' | 'cursor'
  /** The query parameter that says where a page begins. */
  start: string
  /** The query parameter with the number of items of a page. */
  size: string
  /** The field of the response with the list. */
  items: string
  /** The field with the number of items of all pages. */
  total?: string
  /** The field with the cursor of the next page. */
  next?: string
  /** The number of the first page, if not 0. */
  first?: number
}

/** Extensions of a path. */
export interface PathExtensions {
  /** The path that replaces this one. */
  'x-superseded-by'?: string
}

/** Extensions of a schema. */
export interface SchemaExtensions {
  /**
   * `wechatpay`: encrypted with WeChat Pay's key; `merchant`: encrypted with the merchant's; `apiv3`: encrypted with
   * the APIv3 key.
   */
  'x-encrypted'?: 'wechatpay' | 'merchant' | 'apiv3'
  /** The known values. WeChat Pay may add more. */
  'x-extensible-enum'?: (string | number)[]
  /** The unit of an amount or a duration. */
  'x-unit'?: 'fen' | 'yuan' | 'seconds'
}
