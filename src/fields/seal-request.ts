import type { Places } from '../../generated/operations.ts'
import { EncryptionError, RequestError } from '../errors.ts'
import { bounded } from './bounded.ts'
import { type PlaceNode, placeTree } from './place-tree.ts'
import { type Encrypt, type Sealing, sealText } from './seal-text.ts'

/** WebCrypto has four threads in Node; more at once would only fill memory. */
const atOnce = 16

/**
 * Makes a request's JSON text what the wire wants: sensitive fields encrypted, embedded JSON as texts. The rest stays
 * character for character, so that no number loses digits.
 *
 * An embedded value may be given as it is or as a text already; sensitive fields are found within both. `null` and
 * the empty string stay as they are, as they hold nothing. Nothing goes out in plain for being somewhere else than it
 * is documented to be: that is an error.
 *
 * @param text a JSON text, or nothing
 * @param places of the body; for a form's part, those within it
 * @param encrypt is called only when there is something to encrypt
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST when it is not JSON
 * @throws {EncryptionError} ERR_ENCRYPT_VALUE for a sensitive field that is not a string, or not where it belongs;
 *   and what `encrypt` throws
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
 * Makes a URL's query what the wire wants. Only the parameters concerned are written anew, percent-encoded once; the
 * others stay character for character.
 *
 * @param url whole, or its path with query
 * @param places of the query
 * @param encrypt is called only when there is something to encrypt
 * @param operation for messages
 * @throws {RequestError} ERR_QUERY when a parameter's percent-encoding cannot be read
 * @throws {EncryptionError} ERR_ENCRYPT_VALUE for a sensitive parameter that was written in brackets; and what
 *   `encrypt` throws
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
    throw new RequestError('ERR_QUERY', `${place} has a percent-encoding that cannot be read`, { operation })
  }
  const text = node.encrypted
    ? await sealing.encrypt(value, { place, operation })
    : await sealText(value, node, place, sealing)
  return `${written}=${encodeURIComponent(text)}`
}

/** openapi-fetch writes objects and lists so when it is not told otherwise. */
function inBrackets(name: string, { secret }: PlaceNode, operation: string): Error {
  return secret
    ? new EncryptionError('ERR_ENCRYPT_VALUE', `query parameter ${name} is not a string`, {
        operation,
        hint: 'It is encrypted: give its plain text',
      })
    : new RequestError('ERR_QUERY', `query parameter ${name} is not a JSON text`, {
        operation,
        hint: 'Give it by JSON.stringify, or see to it in querySerializer',
      })
}

/** As the gateway reads it: a plus sign is a space there. */
function decoded(written: string): string | undefined {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
