import { dereference } from './document.ts'
import type { Compile } from './parameters.ts'
import type { RequestRecord } from './record.ts'
import { paramError } from './refusal.ts'
import type { Route } from './route.ts'

/**
 * Checks a request's body against the operation: JSON in UTF-8 with characters of at most three bytes,
 * no `null` anywhere, and of the documented shape.
 *
 * @throws Refusal (400)
 */
export function checkBody(route: Route, request: RequestRecord, compile: Compile): void {
  const requestBody = route.operation.requestBody && dereference(route.document, route.operation.requestBody)
  if (request.body.length === 0) {
    if (requestBody?.required) throw paramError('body', '', 'missing')
    return
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw paramError('header', 'Content-Type', 'not application/json')
  }
  const value = parsed(request.body)
  const empty = nullAt(value, '')
  if (empty !== undefined) throw paramError('body', empty, 'null is not allowed')
  const schema = requestBody?.content?.['application/json']?.schema
  if (!schema) return
  const validate = compile(schema)
  if (validate(value)) return
  const [error] = validate.errors ?? []
  const missing = error?.keyword === 'required' ? `/${error.params['missingProperty']}` : ''
  throw paramError('body', `${error?.instancePath ?? ''}${missing}`, error?.message ?? 'invalid')
}

function parsed(body: Buffer): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw paramError('body', '', 'not UTF-8')
  }
  if (/[\u{10000}-\u{10ffff}]/u.test(text))
    throw paramError('body', '', 'a character of four bytes is not allowed')
  try {
    return JSON.parse(text)
  } catch {
    throw paramError('body', '', 'not JSON')
  }
}

function nullAt(value: unknown, at: string): string | undefined {
  if (value === null) return at
  if (typeof value !== 'object') return undefined
  for (const [key, inner] of Object.entries(value as object)) {
    const found = nullAt(inner, `${at}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
