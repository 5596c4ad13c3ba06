/**
 * A JSON text as a value, or `undefined` when it is not JSON. The parser's own error is dropped, as it quotes the text.
 *
 * @param json text, or its bytes in UTF-8
 */
export function parseJson(json: string | Uint8Array): unknown {
  try {
    return JSON.parse(
      typeof json === 'string' ? json : new TextDecoder('utf-8', { fatal: true }).decode(json),
    )
  } catch {
    return undefined
  }
}
