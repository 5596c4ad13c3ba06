import { dereference } from '../spec/dereference.ts'
import type { CompileSchema } from '../spec/schema-compiler.ts'
import { checkSchema } from './check-schema.ts'
import type { DecryptFields } from './decrypt-fields.ts'
import { checkGatewayLimits } from './gateway-limits.ts'
import type { Route } from './operation-router.ts'
import { parseJson } from './parse-json.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/**
 * Checks a JSON body: UTF-8, within the limits of the gateway, valid for the operation's schema, and with its
 * sensitive fields encrypted.
 *
 * @throws Refusal (400)
 */
export function checkJsonBody(
  route: Route,
  request: RequestRecord,
  compile: CompileSchema,
  decryptFields: DecryptFields,
): void {
  const requestBody = route.operation.requestBody && dereference(route.document, route.operation.requestBody)
  if (request.body.length === 0) {
    if (requestBody?.required) throw paramError('body', '', 'missing')
    return
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw paramError('header', 'Content-Type', 'must be application/json')
  }
  const value = parseJson(request.body, 'body')
  checkGatewayLimits(value, 'body')
  const schema = requestBody?.content?.['application/json']?.schema
  if (schema) checkSchema(compile, schema, value, 'body')
  request.value = schema ? decryptFields(schema, value, 'body', '') : value
}
