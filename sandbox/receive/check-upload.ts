import { createHash, getHashes } from 'node:crypto'
import { dereference, isObject, type Schema } from '../spec/spec-types.ts'
import { parsed } from './check-json-body.ts'
import type { Compile } from './check-parameters.ts'
import { checkSchema, type opener } from './decrypt-fields.ts'
import { checkText } from './gateway-limits.ts'
import type { Route } from './operation-router.ts'
import { formOf, isForm, partBytes } from './read-multipart.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/** The form that an operation wants; nothing when it wants JSON. */
export function formSchema({ document, operation }: Route): Schema | undefined {
  const requestBody = operation.requestBody && dereference(document, operation.requestBody)
  const schema = requestBody?.content?.['multipart/form-data']?.schema
  return schema && dereference(document, schema)
}

/** The bytes that a request's Authorization covers: the whole body, or one part of a form. */
export function signedBytes(route: Route | undefined, request: RequestRecord): Buffer {
  const schema = route && formSchema(route)
  return schema && isForm(request) ? partBytes(request, signedPart(route)) : request.body
}

/**
 * Checks an upload: both parts are there, `meta` has the documented shape, and its digest is the file's.
 *
 * @throws Refusal (400)
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012760432
 */
export async function checkUpload(
  route: Route,
  request: RequestRecord,
  compile: Compile,
  open: ReturnType<typeof opener>,
): Promise<void> {
  if (!isForm(request)) throw paramError('header', 'Content-Type', 'not multipart/form-data with a boundary')
  const form = await formOf(request)
  const { properties = {} } = formSchema(route)!
  const part = signedPart(route)
  const metaSchema = dereference(route.document, properties[part] ?? {})
  const meta = parsed(partBytes(request, part), part)
  checkText(meta, part)
  checkSchema(compile, metaSchema, meta, part)
  request.value = open(metaSchema, meta, part, '')
  for (const name of Object.keys(properties).filter((one) => one !== part)) {
    const files = form.getAll(name)
    const [file] = files
    if (!(file instanceof File) || file.name === '') throw paramError('body', name, 'not a file with a name')
    if (files.length > 1) throw paramError('body', name, 'given more than once')
    await checkDigest(metaSchema, meta, file, part)
    request.file = file
  }
}

function signedPart({ operation }: Route): string {
  return operation['x-signed-part'] ?? 'meta'
}

async function checkDigest(schema: Schema, meta: unknown, file: File, part: string): Promise<void> {
  const entries = Object.entries(schema.properties ?? {})
  const [name, digest] = entries.find(([key]) => /^(\w+_)?(sha256|digest)$/.test(key)) ?? []
  if (!name || !digest) return
  const given = isObject(meta) ? String(meta[name]) : ''
  // A page names the algorithm in another field's only value, or in the digest's own description.
  const said = [digest.description ?? '', ...entries.flatMap(([, one]) => one.enum ?? [])].join(' ')
  const algorithm = /SM3/i.test(said) ? 'sm3' : 'sha256'
  if (!getHashes().includes(algorithm)) throw new Error(`this Node.js has no ${algorithm}`)
  const hash = createHash(algorithm).update(new Uint8Array(await file.arrayBuffer()))
  if (hash.digest('hex') !== given.toLowerCase()) {
    throw paramError(part, `/${name}`, `not the ${algorithm.toUpperCase()} of the file`)
  }
}
