import { paramError } from './refusal.ts'

/**
 * Refuses what the gateway refuses in any value: `null`, and characters that take four bytes in UTF-8.
 *
 * @param place where the value stands, as a JSON pointer
 * @throws Refusal (400)
 */
export function checkText(value: unknown, location: string, place = ''): void {
  if (value === null) throw paramError(location, place, 'null is not allowed')
  if (typeof value === 'string' && /[\u{10000}-\u{10ffff}]/u.test(value)) {
    throw paramError(location, place, 'a character of four bytes is not allowed')
  }
  if (typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value as object)) {
    checkText(key, location, place)
    checkText(inner, location, `${place}/${key}`)
  }
}
