// biome-ignore-all lint/suspicious/noExplicitAny: as in openapi-fetch
/** What openapi-fetch passes to a middleware. */
interface MiddlewareContext {
  request: Request
  /** The path with `{name}` for its variables. */
  readonly schemaPath: string
  readonly params: {
    query?: Record<string, unknown>
    header?: Record<string, unknown>
    path?: Record<string, unknown>
    cookie?: Record<string, unknown>
  }
  /** Of this call. */
  readonly id: string
  readonly options: {
    baseUrl: string
    parseAs: 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream'
    querySerializer(query: any): string
    bodySerializer(body: any): any
    pathSerializer(path: string, values: Record<string, unknown>): string
    fetch(input: any, init?: any): Promise<Response>
  }
}

/**
 * openapi-fetch's `Middleware`, to and from which it can be assigned. Written again here, because openapi-fetch's
 * declarations need the DOM's types.
 */
export interface Middleware {
  onRequest?(context: MiddlewareContext): Returned<Request | Response | undefined>
  onResponse?(context: MiddlewareContext & { response: Response }): Returned<Response | undefined>
  onError?(context: MiddlewareContext & { error: unknown }): Returned<Response | Error | undefined>
}

// biome-ignore lint/suspicious/noConfusingVoidType: a middleware may return nothing, as in openapi-fetch
type Returned<Value> = void | Value | Promise<Value | void>
