import type { Keyring } from '../keys/keyring.ts'
import { decryptWith } from '../keys/oaep-fields.ts'
import type { CompileSchema } from '../spec/schema-compiler.ts'
import type { Document, Schema } from '../spec/spec-types.ts'
import { visitFields } from '../spec/visit-fields.ts'
import { checkSchema } from './check-schema.ts'
import { checkGatewayLimits } from './gateway-limits.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/** Copies a value of a request, with sensitive fields decrypted and embedded JSON parsed. */
export type DecryptFields = (schema: Schema, value: unknown, location: string, pointer: string) => unknown

/**
 * Creates the {@link DecryptFields} of one request. Sensitive fields are decrypted with the key that
 * `Wechatpay-Serial` names and recorded in `request.decrypted`; embedded JSON is validated against its own schema.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function fieldDecrypter(
  document: Document,
  request: RequestRecord,
  keys: Keyring,
  compile: CompileSchema,
): DecryptFields {
  return (schema, value, location, pointer) =>
    visitFields(document, schema, value, pointer, {
      encrypted(text, at) {
        const plain = decrypt(text, location, at, request, keys)
        request.decrypted[at] = plain
        return plain
      },
      embedded(text, at, innerSchema, visitInner) {
        let inner: unknown
        try {
          inner = JSON.parse(text)
        } catch {
          throw paramError(location, at, 'must be a string that contains JSON')
        }
        checkGatewayLimits(inner, location, at)
        checkSchema(compile, innerSchema, inner, location, at)
        return visitInner(inner)
      },
    })
}

function decrypt(
  text: string,
  location: string,
  pointer: string,
  { headers }: RequestRecord,
  keys: Keyring,
): string {
  const cipher = Buffer.from(text, 'base64')
  // Buffer skips characters that are not base64, so the text must survive the way back.
  if (cipher.length !== 256 || cipher.toString('base64') !== text) {
    throw paramError(location, pointer, 'sensitive field is not encrypted: expected 256 bytes in base64')
  }
  const serial = [headers['wechatpay-serial']].flat()[0]
  const key = serial ? keys.find(serial) : undefined
  if (!key) {
    throw paramError(
      'header',
      'Wechatpay-Serial',
      `missing; it must name the key that ${pointer} is encrypted with`,
    )
  }
  const plain = decryptWith(key, cipher)
  if (plain === undefined) {
    throw paramError(location, pointer, 'cannot be decrypted with the key that Wechatpay-Serial names')
  }
  return plain
}
