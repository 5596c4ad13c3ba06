/** Headers as servers have them: a `Headers` object, or the record of Node. */
export type MessageHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** The headers needed to verify a signature. Repeated headers are joined as HTTP says, and then match nothing. */
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
    // An invalid value cannot have come over HTTP; the header counts as missing.
  }
}

function isHeaders(headers: MessageHeaders): headers is Headers {
  return typeof headers === 'object' && headers !== null && typeof headers.get === 'function'
}
