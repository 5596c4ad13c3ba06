import type { Field } from '../encryption/oaep.ts'
import type { ErrorContext } from '../errors.ts'
import { parseJson } from '../json.ts'
import type { Places } from '../operations/traits.ts'
import { bounded } from './bounded.ts'
import { type PlaceNode, placeTree } from './place-tree.ts'

/** Decrypts a sensitive field; the second argument is for messages. */
type Decrypt = (base64: string, field: Field) => Promise<string>

const atOnce = 16

/**
 * Turns a response's data into what its type says: sensitive fields are decrypted, and embedded JSON is parsed.
 *
 * Absent and empty values stay unchanged, and so do those that are not strings. Embedded text that is not a JSON object
 * or array stays a string, contrary to its type: once a payment has been made, any text helps more than an error.
 *
 * @param data a verified and parsed response; it is not modified
 * @param places where the response has such fields
 * @param context for messages
 * @throws {EncryptionError} ERR_DECRYPT, ERR_DECRYPT_KEY, thrown by `decrypt`. The request has taken effect
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function openData(
  data: unknown,
  places: Places,
  decrypt: Decrypt,
  { operation, requestId }: ErrorContext,
): Promise<unknown> {
  const limited = bounded(atOnce, decrypt)
  return open(data, placeTree(places), '', (text, place) => limited(text, { place, operation, requestId }))
}

type Open = (text: string, place: string) => Promise<string>

async function open(value: unknown, node: PlaceNode, place: string, decrypt: Open): Promise<unknown> {
  if (typeof value === 'string') {
    if (node.encrypted && value !== '') return decrypt(value, place)
    return node.json ? open(embedded(value), { ...node, json: false }, place, decrypt) : value
  }
  if (Array.isArray(value)) {
    const { items } = node
    return items
      ? Promise.all(value.map((item, index) => open(item, items, `${place}[${index}]`, decrypt)))
      : value
  }
  if (typeof value !== 'object' || value === null || node.fields.size === 0) return value
  const entries = Object.entries(value).map(async ([name, one]) => {
    const next = node.fields.get(name)
    return [name, next ? await open(one, next, place ? `${place}.${name}` : name, decrypt) : one] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

function embedded(text: string): unknown {
  const value = parseJson(text)
  return typeof value === 'object' && value ? value : text
}
