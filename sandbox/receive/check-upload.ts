import { createHash, getHashes } from 'node:crypto'
import { dereference, isObject } from '../spec/dereference.ts'
import type { CompileSchema } from '../spec/schema-compiler.ts'
import type { Schema } from '../spec/spec-types.ts'
import { checkSchema } from './check-schema.ts'
import type { DecryptFields } from './decrypt-fields.ts'
import { checkGatewayLimits } from './gateway-limits.ts'
import type { Route } from './operation-router.ts'
import { parseJson } from './parse-json.ts'
import { isForm, partBytes, readForm } from './read-multipart.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'
import { formSchema, signedPart } from './upload-form.ts'

/**
 * Checks an upload: the form has its JSON part and its file, the JSON matches its schema, and the digest in it is the
 * file's.
 *
 * @throws Refusal (400)
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012760432
 */
export async function checkUpload(
  route: Route,
  request: RequestRecord,
  compile: CompileSchema,
  decryptFields: DecryptFields,
): Promise<void> {
  if (!isForm(request)) {
    throw paramError('header', 'Content-Type', 'must be multipart/form-data with a boundary')
  }
  const form = await readForm(request)
  const { properties = {} } = formSchema(route)!
  const part = signedPart(route)
  const metaSchema = dereference(route.document, properties[part] ?? {})
  const meta = parseJson(partBytes(request, part), part)
  checkGatewayLimits(meta, part)
  checkSchema(compile, metaSchema, meta, part)
  request.value = decryptFields(metaSchema, meta, part, '')
  for (const name of Object.keys(properties).filter((one) => one !== part)) {
    const files = form.getAll(name)
    const [file] = files
    if (!(file instanceof File) || file.name === '') {
      throw paramError('body', name, 'must be a file with a name')
    }
    if (files.length > 1) throw paramError('body', name, 'occurs more than once')
    await checkDigest(metaSchema, meta, file, part)
    request.file = file
  }
}

async function checkDigest(schema: Schema, meta: unknown, file: File, part: string): Promise<void> {
  const entries = Object.entries(schema.properties ?? {})
  const [name, digest] = entries.find(([key]) => /^(\w+_)?(sha256|digest)$/.test(key)) ?? []
  if (!name || !digest) return
  const value = isObject(meta) ? String(meta[name]) : ''
  // The documentation names the algorithm as the only value of another field, or in the description of the digest.
  const texts = [digest.description ?? '', ...entries.flatMap(([, one]) => one.enum ?? [])].join(' ')
  const algorithm = /SM3/i.test(texts) ? 'sm3' : 'sha256'
  if (!getHashes().includes(algorithm)) throw new Error(`this Node.js has no ${algorithm}`)
  const hash = createHash(algorithm).update(new Uint8Array(await file.arrayBuffer()))
  if (hash.digest('hex') !== value.toLowerCase()) {
    throw paramError(part, `/${name}`, `must be the ${algorithm.toUpperCase()} of the file, in hex`)
  }
}
