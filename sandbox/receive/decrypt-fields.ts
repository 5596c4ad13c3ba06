import { type Keyring, opened } from '../keys/keyring.ts'
import type { Document, Schema } from '../spec/spec-types.ts'
import { walk } from '../spec/visit-fields.ts'
import type { Compile } from './check-parameters.ts'
import { checkText } from './gateway-limits.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/**
 * Makes the reader of what is hidden in a request: it decrypts sensitive fields with the private key that
 * `Wechatpay-Serial` names, parses embedded JSON and checks it against its own schema, and writes down
 * what it found.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function opener(
  document: Document,
  request: RequestRecord,
  keys: Keyring,
  compile: Compile,
): (schema: Schema, value: unknown, location: string, place: string) => unknown {
  return (given, value, location, place) =>
    walk(document, given, value, place, {
      encrypted(text, at) {
        const plain = decrypted(text, location, at, request, keys)
        request.opened[at] = plain
        return plain
      },
      embedded(text, at, schema, inside) {
        let inner: unknown
        try {
          inner = JSON.parse(text)
        } catch {
          throw paramError(location, at, 'not a text that holds JSON')
        }
        checkText(inner, location, at)
        checkSchema(compile, schema, inner, location, at)
        return inside(inner)
      },
    })
}

/**
 * Checks a value against its schema.
 *
 * @throws Refusal (400) that names the field
 */
export function checkSchema(
  compile: Compile,
  schema: Schema,
  value: unknown,
  location: string,
  place = '',
): void {
  const validate = compile(schema)
  if (validate(value)) return
  const [error] = validate.errors ?? []
  const missing = error?.keyword === 'required' ? `/${error.params['missingProperty']}` : ''
  const field = `${place}${error?.instancePath ?? ''}${missing}`
  throw paramError(location, field, error?.message ?? 'invalid')
}

function decrypted(
  text: string,
  location: string,
  place: string,
  { headers }: RequestRecord,
  keys: Keyring,
): string {
  const cipher = Buffer.from(text, 'base64')
  // Buffer skips what is not base64; whatever it skipped makes the text another one.
  if (cipher.length !== 256 || cipher.toString('base64') !== text) {
    throw paramError(location, place, 'a sensitive field in plain text; it must be encrypted')
  }
  const serial = [headers['wechatpay-serial']].flat()[0]
  const key = serial ? keys.find(serial) : undefined
  if (!key) {
    throw paramError('header', 'Wechatpay-Serial', `missing; which key is ${place} encrypted with?`)
  }
  const plain = opened(cipher, key)
  if (plain === undefined) {
    throw paramError(location, place, 'does not decrypt with the key that Wechatpay-Serial names')
  }
  return plain
}
