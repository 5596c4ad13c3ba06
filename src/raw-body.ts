const bodies = new WeakMap<object, Uint8Array>()

/** Remembers the body that something was read from, for {@link rawBody}. It is not copied. */
export function keepBody(read: unknown, bytes: Uint8Array | undefined): void {
  if (bytes && typeof read === 'object' && read !== null) bodies.set(read, bytes)
}

/** The body that something was read from. */
export function keptBody(read: object): Uint8Array | undefined {
  return bodies.get(read)
}

/**
 * The text of a response as WeChat Pay sent it, to show to its support:
 *
 * ```ts
 * const result = await client.GET('/v3/certificates')
 * console.log(rawBody(result))
 * ```
 *
 * It is the text before anything was parsed or decrypted and before any middleware, after decompression. Sensitive fields
 * are encrypted in it, but everything else is as it was sent: openids, order numbers, tokens, URLs of files. So it is not
 * printed with a result, and is only for those who may see these.
 *
 * @param of the result of a call, its `error`, the data of a call with `throwOnError`, or the `ResponseError` that it threw
 * @returns undefined for anything else, for a file, and for data that is no object
 */
export function rawBody(of: object): string | undefined {
  const bytes = keptBody(of)
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
