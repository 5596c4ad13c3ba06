/** Headers as servers have them: the Web's, or Node's record. */
export type MessageHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** The headers that a signature needs. One that comes twice is joined, as HTTP has it, and then fits nothing. */
export function signatureHeaders(headers: MessageHeaders): Headers {
  if (isHeaders(headers)) return headers
  const own = new Headers()
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!/^(wechatpay-[\w-]+|request-id)$/i.test(name)) continue
    for (const one of Array.isArray(value) ? value : [value]) append(own, name, one)
  }
  return own
}

function append(headers: Headers, name: string, value: unknown): void {
  try {
    if (typeof value === 'string') headers.append(name, value)
  } catch {
    // What is no header value cannot have come over the wire; then it is missing.
  }
}

function isHeaders(headers: MessageHeaders): headers is Headers {
  return typeof headers === 'object' && headers !== null && typeof headers.get === 'function'
}
