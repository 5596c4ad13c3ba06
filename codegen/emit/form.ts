import type { OperationObject, Schema } from '../openapi/document.ts'

/** The form of an upload: a file, and a signed JSON part with the file's digest. */
export interface Form {
  signed: string
  file: string
  digest: string
  algorithm: 'SHA-256' | 'SM3'
}

/** The form of an operation, if it uploads a file. */
export function formOf(operation: OperationObject): Form | undefined {
  const signed = operation['x-signed-part']
  const schema = operation.requestBody?.content['multipart/form-data']?.schema as Schema | undefined
  const parts = schema?.properties ?? {}
  const fields = Object.entries(signed ? (parts[signed]?.properties ?? {}) : {})
  const file = Object.keys(parts).find((name) => name !== signed)
  const digest = fields.find(([name]) => /^sha256$|digest$/.test(name))?.[0]
  if (!signed || !file || !digest) return undefined
  const sm3 = fields.some(([, { enum: values }]) => values?.some((value) => String(value).endsWith('SM3')))
  return { signed, file, digest, algorithm: sm3 ? 'SM3' : 'SHA-256' }
}
