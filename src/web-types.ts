// biome-ignore-all lint/suspicious/noExplicitAny: as in the types that are copied here
// biome-ignore-all lint/suspicious/noTsIgnore: whether it is an error differs by the app's libraries
/**
 * The types of Web APIs that the package's declarations name. Each is the type of the global, wherever an app has one: from
 * the DOM's library, a worker's, or `@types/node`. Without any of them it is an interface of what is needed here, because
 * an unknown name would be `any`, and `any` lets every mistake pass. The build makes all declarations import their types
 * from here.
 */
export type Request = Instance<'Request', WebRequest>
export type Response = Instance<'Response', WebResponse>
export type Headers = Instance<'Headers', WebHeaders>
export type AbortSignal = Instance<'AbortSignal', WebAbortSignal>
export type Blob = Instance<'Blob', WebBlob>
export type FormData = Instance<'FormData', WebFormData>
export type URL = Instance<'URL', { readonly href: string; toString(): string }>
export type ReadableStream<R = any> = IfMissing<GlobalReadableStream<R>, WebReadableStream<R>>
export type TransformStream<I = any, O = any> = IfMissing<
  GlobalTransformStream<I, O>,
  { readonly readable: WebReadableStream<O>; readonly writable: object }
>

/** A WebCrypto key. Taken from `crypto`, as `@types/node` has no global of this name. */
export type CryptoKey = typeof globalThis extends {
  crypto: { subtle: { sign(algorithm: any, key: infer Key, data: any): any } }
}
  ? Key
  : WebCryptoKey

type Instance<Name extends string, Fallback> = typeof globalThis extends {
  [name in Name]: { prototype: infer Type extends object }
}
  ? Type
  : Fallback

// A missing name is `any`. In brackets, because TypeScript does not evaluate a condition on the bare missing name.
type IfMissing<Global, Fallback> = [0] extends [1 & Global] ? Fallback : Global

// Generic types cannot be inferred as above. These comments stay in the declarations, where the names may be missing.
/** @ts-ignore */
type GlobalReadableStream<R> = globalThis.ReadableStream<R>
/** @ts-ignore */
type GlobalTransformStream<I, O> = globalThis.TransformStream<I, O>

/** What is needed of a `CryptoKey`. */
export interface WebCryptoKey {
  readonly type: string
  readonly extractable: boolean
  readonly algorithm: { readonly name: string }
  readonly usages: readonly string[]
}

/** What is needed of `Headers`. */
export interface WebHeaders {
  get(name: string): string | null
  has(name: string): boolean
  set(name: string, value: string): void
  append(name: string, value: string): void
  delete(name: string): void
  forEach(callback: (value: string, name: string) => void): void
}

/** What is needed of an `AbortSignal`. */
export interface WebAbortSignal {
  readonly aborted: boolean
  readonly reason: any
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

interface WebBody {
  readonly headers: WebHeaders
  readonly body: WebReadableStream<Uint8Array> | null
  readonly bodyUsed: boolean
  readonly url: string
  text(): Promise<string>
  json(): Promise<any>
  arrayBuffer(): Promise<ArrayBuffer>
  blob(): Promise<WebBlob>
}

/** What is needed of a `Request`. */
export interface WebRequest extends WebBody {
  readonly method: string
  readonly redirect: string
  readonly signal: WebAbortSignal
  clone(): WebRequest
}

/** What is needed of a `Response`. */
export interface WebResponse extends WebBody {
  readonly ok: boolean
  readonly status: number
  readonly statusText: string
  readonly type: string
  clone(): WebResponse
}

/** What is needed of a `Blob`. */
export interface WebBlob {
  readonly size: number
  readonly type: string
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
  stream(): WebReadableStream<Uint8Array>
}

/** What is needed of a `FormData`. */
export interface WebFormData {
  get(name: string): any
  getAll(name: string): any[]
  has(name: string): boolean
  append(name: string, value: any, filename?: string): void
}

/** What is needed of a `ReadableStream`. */
export interface WebReadableStream<R = any> {
  readonly locked: boolean
  cancel(reason?: unknown): Promise<void>
  getReader(): {
    read(): Promise<{ done: false; value: R } | { done: true; value?: R | undefined }>
    cancel(reason?: unknown): Promise<void>
    releaseLock(): void
  }
}
