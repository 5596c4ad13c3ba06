import type { Schema } from '../openapi/document.ts'

/** The places of fields that the runtime converts; see `Places` in `templates/operations.ts.hbs`. */
export interface FieldPlaces {
  encrypted?: string[]
  json?: string[]
}

/** Where a schema has encrypted fields and fields with JSON text; undefined when it has neither. */
export function fieldPlaces(schema: Schema = {}): FieldPlaces | undefined {
  const encrypted = new Set<string>()
  const json = new Set<string>()
  const visit = (at: string, one: Schema) => {
    if (one['x-encrypted'] === 'wechatpay' || one['x-encrypted'] === 'merchant') encrypted.add(at)
    if (one.contentSchema) {
      json.add(at)
      visit(at, one.contentSchema)
    }
    if (one.items) visit(`${at}[]`, one.items)
    for (const branch of [...(one.oneOf ?? []), ...(one.allOf ?? [])]) visit(at, branch)
    for (const [key, value] of Object.entries(one.properties ?? {})) visit(at ? `${at}.${key}` : key, value)
  }
  visit('', schema)
  if (encrypted.size + json.size === 0) return undefined
  return {
    ...(encrypted.size > 0 && { encrypted: [...encrypted] }),
    ...(json.size > 0 && { json: [...json] }),
  }
}
