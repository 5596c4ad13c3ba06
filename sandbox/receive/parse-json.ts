import { paramError } from './refusal.ts'

/**
 * Parses JSON in UTF-8.
 *
 * @throws Refusal (400)
 */
export function parseJson(bytes: Buffer, location: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw paramError(location, '', 'not valid UTF-8')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw paramError(location, '', 'not valid JSON')
  }
}
