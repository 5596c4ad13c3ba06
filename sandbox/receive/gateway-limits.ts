import { paramError } from './refusal.ts'

/**
 * Refuses what WeChat Pay's gateway refuses in every value: `null`, and characters of four bytes in UTF-8.
 *
 * @param pointer JSON pointer to the value
 * @throws Refusal (400)
 */
export function checkGatewayLimits(value: unknown, location: string, pointer = ''): void {
  if (value === null) throw paramError(location, pointer, 'null is not allowed')
  if (typeof value === 'string' && /[\u{10000}-\u{10ffff}]/u.test(value)) {
    throw paramError(
      location,
      pointer,
      'characters of four bytes in UTF-8, such as most emoji, are not allowed',
    )
  }
  if (typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value as object)) {
    checkGatewayLimits(key, location, pointer)
    checkGatewayLimits(inner, location, `${pointer}/${key}`)
  }
}
