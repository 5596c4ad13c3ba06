import { writeBody } from '../body.ts'
import { type Bytes, toHex, utf8 } from '../bytes.ts'
import { RequestError } from '../errors.ts'
import type { Form } from '../operations/traits.ts'
import { contentOf } from './file-content.ts'
import { extensionOf, typeOf } from './file-type.ts'
import { type FormParts, formParts } from './form-parts.ts'
import { writeMultipart } from './multipart.ts'
import { sm3 } from './sm3.ts'

/** A form as it is sent. */
export interface WrittenForm {
  body: Bytes
  /** `multipart/form-data` with the boundary. */
  contentType: string
  /** The text of the signed part, byte for byte as in the body. The signature covers it instead of the body. */
  signed: string
}

/**
 * Writes the form of an upload: first the signed part, which holds the file's digest, then the file.
 *
 * The digest is computed here. If the caller passed one too, it must match, since otherwise the file would not be the one
 * that the caller means. A signed part passed as text stays unchanged, byte for byte; a missing digest is appended as its
 * last field.
 *
 * @param body `{ [form.file]: Blob | ArrayBuffer | Uint8Array | ReadableStream, [form.signed]: object }`, or a FormData
 * @param operation for messages
 * @param seal encrypts the sensitive fields of the signed part's JSON text
 * @throws {RequestError} ERR_UPLOAD for a missing part, a file that cannot be read or is too large, and a digest that does
 *   not match the file
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 */
export async function writeForm(
  body: unknown,
  form: Form,
  operation: string,
  seal?: (text: string) => Promise<string>,
): Promise<WrittenForm> {
  const parts = await formParts(body, form, operation)
  const content = await contentOf(parts.file, operation)
  const fields: Readonly<Record<string, unknown>> =
    typeof parts.signed === 'string' ? JSON.parse(parts.signed) : parts.signed
  const text = withDigest(parts.signed, fields, form, await digestOf(content, form), operation)
  const signed = seal ? await seal(text) : text
  const filename = nameOf(fields, parts.file, content)
  const written = writeMultipart([
    { name: form.signed, type: 'application/json', content: utf8(signed) },
    { name: form.file, filename, type: mediaType(parts.file, filename), content },
  ])
  return { ...written, signed }
}

async function digestOf(content: Bytes, { algorithm }: Form): Promise<string> {
  if (algorithm === 'SHA-256') return toHex(new Uint8Array(await crypto.subtle.digest(algorithm, content)))
  const digest = sm3()
  digest.update(content)
  return toHex(digest.digest())
}

function withDigest(
  signed: FormParts['signed'],
  fields: Readonly<Record<string, unknown>>,
  form: Form,
  digest: string,
  operation: string,
): string {
  const given = Object.hasOwn(fields, form.digest) ? fields[form.digest] : undefined
  if (given !== undefined && (typeof given !== 'string' || given.toLowerCase() !== digest)) {
    throw new RequestError(
      'ERR_UPLOAD',
      `${form.signed}.${form.digest} does not match the file (${form.algorithm})`,
      {
        operation,
        hint: 'Leave it out, and it is computed. If it is right, the file is not the one that you mean',
      },
    )
  }
  if (typeof signed !== 'string') return writeBody({ ...signed, [form.digest]: given ?? digest }, operation)
  if (given !== undefined) return signed
  const open = signed.slice(0, signed.lastIndexOf('}'))
  const comma = Object.keys(fields).length > 0 ? ',' : ''
  return `${open}${comma}${JSON.stringify(form.digest)}:"${digest}"}`
}

/** The name in the signed part, else the file's own, else one whose extension fits the content. */
function nameOf(fields: Readonly<Record<string, unknown>>, file: unknown, content: Uint8Array): string {
  // FormData names a Blob without a name `blob`.
  const own = file instanceof File && file.name !== 'blob' ? file.name : undefined
  const candidates = [fields['filename'], fields['file_name'], own]
  const name = candidates.find((candidate) => typeof candidate === 'string' && candidate !== '')
  return (name as string | undefined) ?? `file.${extensionOf(content)}`
}

function mediaType(file: unknown, filename: string): string {
  const own = file instanceof Blob ? file.type : ''
  return /^[\x20-\x7e]+$/.test(own) ? own : typeOf(filename)
}
