import type { RetryOptions } from './retry/policy.ts'
import type { SettledBy } from './settled-by.ts'

/**
 * An error response: WeChat Pay's error body, the HTTP status and the Request-ID. Error responses are often unsigned:
 * use them to find out what went wrong, never as proof of an order's state.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081670
 */
export interface ApiError {
  /** The API's error code, such as `PARAM_ERROR`; `HTTP_<status>` when the body is not WeChat Pay's JSON. */
  code: string
  message: string
  /** Which field is wrong and why. Its shape differs by error. */
  detail?: unknown
  /** HTTP status. */
  status: number
  /** `Request-ID` of the response. WeChat Pay's support asks for it. */
  requestId?: string
  /**
   * What to do next. For `SIGN_ERROR`: what WeChat Pay saw that differs from what was signed. When `unsettled` is set: what
   * tells whether the request took effect.
   */
  hint?: string
  /** What happened in each attempt, in order, when there was more than one. */
  attempts?: readonly string[]
  /**
   * The request may have taken effect: the status is 5xx, or an earlier attempt may have reached WeChat Pay. Before anything
   * else, query the result, and keep the number that the request was made under. A GET never has an effect.
   */
  unsettled?: true
  /** The query that tells what became of the request, if there is one: see `settle`. */
  settledBy?: SettledBy
}

/** The result of a call. Check `error` first: without it, `data` is there. */
export type Result<Data> = Success<Data> | Failure

interface Success<Data> {
  data: Data
  error?: undefined
  response: Response
}

interface Failure {
  data?: undefined
  error: ApiError
  response: Response
}

/** Options of every call, besides its own parameters. */
export interface CallOptions {
  /** Additional request headers. The client sets `Authorization` and `Wechatpay-Serial` itself. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /** The entry point, instead of the client's: `https://api2.mch.weixin.qq.com`. */
  baseUrl?: string | undefined
  /** The `fetch` function, instead of the client's. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /** Milliseconds for each attempt, instead of the client's. */
  timeout?: number | undefined
  /** Milliseconds for the whole call with all its attempts, instead of the client's. */
  deadline?: number | undefined
  /** How this call is retried, instead of the client's; `false` makes a single attempt. */
  retry?: RetryOptions | false | undefined
  /**
   * `true` returns `data` alone, and throws a `ResponseError` for an error of the API; `false` returns the whole result,
   * where the client throws.
   */
  throwOnError?: false | undefined
}

/** Options of every call in the chain, besides those on the operation's page. */
export interface ChainOptions {
  /** The entry point, instead of the client's, as the documentation writes it: `https://apihk.mch.weixin.qq.com/`. */
  base_uri?: string | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /** The `fetch` function, instead of the client's. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /** Milliseconds for each attempt, instead of the client's. */
  timeout?: number | undefined
  /** Milliseconds for the whole call with all its attempts, instead of the client's. */
  deadline?: number | undefined
  /** How this call is retried, instead of the client's; `false` makes a single attempt. */
  retry?: RetryOptions | false | undefined
  /**
   * `true` returns `data` alone, and throws a `ResponseError` for an error of the API; `false` returns the whole result,
   * where the client throws.
   */
  throwOnError?: false | undefined
}

/** The same of an operation whose page lists no headers. */
export interface ChainOptionsWithHeaders extends ChainOptions {
  /** Additional request headers. */
  headers?: Readonly<Record<string, string>>
}

/** The operation has required parameters: pass them as the second argument. */
export interface SecondArgumentRequired {
  readonly parameters: never
}
