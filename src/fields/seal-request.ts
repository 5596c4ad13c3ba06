import { EncryptionError, RequestError } from '../errors.ts'
import type { Places } from '../operations/traits.ts'
import { bounded } from './bounded.ts'
import { type PlaceNode, placeTree } from './place-tree.ts'
import { type Encrypt, type Sealing, sealText } from './seal-text.ts'

/** Node runs WebCrypto on four threads; more encryptions at once would only take memory. */
const atOnce = 16

/**
 * Seals a request's JSON text: encrypts its sensitive fields and writes embedded JSON as text. The rest stays unchanged,
 * character for character, so that no number loses digits.
 *
 * Embedded JSON may be passed as a value or as text; sensitive fields are found in both. `null` and the empty string
 * stay unchanged. A sensitive field outside its documented place is an error, so that it is never sent in plain text.
 *
 * @param text a JSON text, or the empty string
 * @param places where the body, or the form's part, has such fields
 * @param encrypt called only when there is something to encrypt
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST when `text` is not JSON
 * @throws {EncryptionError} ERR_ENCRYPT_VALUE for a sensitive field that is not a string or not at its place; and what
 *   `encrypt` throws
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function sealRequest(
  text: string,
  places: Places,
  encrypt: Encrypt,
  operation: string,
): Promise<string> {
  if (text === '') return text
  const sealing = { encrypt: bounded(atOnce, encrypt), operation }
  return sealText(text, placeTree(places), '', sealing)
}

/**
 * Seals a URL's query in the same way. Parameters without such fields stay unchanged, character for character.
 *
 * @param url absolute, or a path with its query
 * @param places where the query has such fields
 * @param encrypt called only when there is something to encrypt
 * @param operation for messages
 * @throws {RequestError} ERR_QUERY when a parameter's percent-encoding is invalid
 * @throws {EncryptionError} ERR_ENCRYPT_VALUE for a sensitive parameter written with brackets; and what `encrypt` throws
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function sealQuery(
  url: string,
  places: Places,
  encrypt: Encrypt,
  operation: string,
): Promise<string> {
  const [, path = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(url) ?? []
  if (!query) return url
  const root = placeTree(places)
  const sealing = { encrypt: bounded(atOnce, encrypt), operation }
  const pairs = await Promise.all(query.split('&').map((pair) => sealPair(pair, root, sealing)))
  return `${path}?${pairs.join('&')}${fragment}`
}

async function sealPair(pair: string, root: PlaceNode, sealing: Sealing): Promise<string> {
  const { operation } = sealing
  const equals = pair.includes('=') ? pair.indexOf('=') : pair.length
  const written = pair.slice(0, equals)
  const name = decoded(written)
  const [base = ''] = name?.split('[', 1) ?? []
  const found = root.fields.get(base)
  if (!found) return pair
  if (name !== base) throw inBrackets(base, found, operation)
  const node = found.items ?? found
  const value = decoded(pair.slice(equals + 1))
  if (!node.secret || value === '') return pair
  const place = `query parameter ${base}`
  if (value === undefined) {
    throw new RequestError('ERR_QUERY', `${place} has an invalid percent-encoding`, { operation })
  }
  const text = node.encrypted
    ? await sealing.encrypt(value, { place, operation })
    : await sealText(value, node, place, sealing)
  return `${written}=${encodeURIComponent(text)}`
}

/** By default openapi-fetch writes objects and arrays with brackets, which the gateway does not read. */
function inBrackets(name: string, { secret }: PlaceNode, operation: string): Error {
  return secret
    ? new EncryptionError('ERR_ENCRYPT_VALUE', `query parameter ${name} must be a string`, {
        operation,
        hint: 'It is encrypted for you: pass its plain text',
      })
    : new RequestError('ERR_QUERY', `query parameter ${name} must be a JSON text`, {
        operation,
        hint: 'Pass JSON.stringify(value), or write it so in querySerializer',
      })
}

/** Decodes as the gateway does, where a plus sign is a space. */
function decoded(written: string): string | undefined {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
