import { dereference } from '../spec/spec-types.ts'
import type { Compile } from './check-parameters.ts'
import { checkSchema, type opener } from './decrypt-fields.ts'
import { checkText } from './gateway-limits.ts'
import type { Route } from './operation-router.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/**
 * Checks a request's body against the operation: JSON in UTF-8 with characters of at most three bytes,
 * no `null` anywhere, of the documented shape, its sensitive fields encrypted.
 *
 * @throws Refusal (400)
 */
export function checkBody(
  route: Route,
  request: RequestRecord,
  compile: Compile,
  open: ReturnType<typeof opener>,
): void {
  const requestBody = route.operation.requestBody && dereference(route.document, route.operation.requestBody)
  if (request.body.length === 0) {
    if (requestBody?.required) throw paramError('body', '', 'missing')
    return
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw paramError('header', 'Content-Type', 'not application/json')
  }
  const value = parsed(request.body, 'body')
  checkText(value, 'body')
  const schema = requestBody?.content?.['application/json']?.schema
  if (schema) checkSchema(compile, schema, value, 'body')
  request.value = schema ? open(schema, value, 'body', '') : value
}

/**
 * Reads JSON.
 *
 * @throws Refusal (400)
 */
export function parsed(body: Buffer, location: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw paramError(location, '', 'not UTF-8')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw paramError(location, '', 'not JSON')
  }
}
