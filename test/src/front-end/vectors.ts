import { readFileSync } from 'node:fs'

/** A signature that OpenSSL made, and what a front end gets with it. */
export interface Vector {
  name: string
  fields: Record<string, string>
  type: 'HMAC-SHA256' | 'MD5'
  message: string
  sign: string
  result: unknown
}

interface Vectors {
  apiV2Key: string
  signatures: Vector[]
}

export const { apiV2Key, signatures }: Vectors = JSON.parse(
  readFileSync(new URL('vectors.json', import.meta.url), 'utf8'),
)

/** The vector whose name begins so. */
export function vector(name: string): Vector {
  const found = signatures.find((one) => one.name.startsWith(name))
  if (!found) throw new Error(`there is no vector ${name}`)
  return found
}
