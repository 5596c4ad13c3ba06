import type { Account } from '../keys/accounts.ts'
import { encryptFor } from '../keys/oaep-fields.ts'
import type { Route } from '../receive/operation-router.ts'
import { dereference } from '../spec/dereference.ts'
import type { Document, Schema } from '../spec/spec-types.ts'
import { visitFields } from '../spec/visit-fields.ts'
import { sampleValue } from './sample-value.ts'
import { emptyResponse, jsonResponse, type SandboxResponse } from './sandbox-response.ts'

/**
 * The first 2xx response that the operation documents. The body is made from the schema, with its sensitive fields
 * encrypted for the caller.
 */
export function documentedResponse(
  { document, operation }: Route,
  caller: Account | undefined,
): SandboxResponse {
  const [code = '200', reference] =
    Object.entries(operation.responses ?? {}).find(([status]) => /^2\d\d$/.test(status)) ?? []
  const status = Number(code)
  const response = reference && dereference(document, reference)
  const [type, media] = Object.entries(response?.content ?? {})[0] ?? []
  if (!type || !media || status === 204) return emptyResponse(status)
  const schema = media.schema ?? {}
  const value = media.example ?? sampleValue(document, schema)
  const { headers, body } = type.startsWith('application/json')
    ? jsonResponse(status, caller ? encryptFields(document, schema, value, caller) : value)
    : { ...emptyResponse(status), body: Buffer.from(String(value)) }
  return { status, headers: { ...headers, 'Content-Type': type.replace('/*', '/png') }, body }
}

function encryptFields(document: Document, schema: Schema, value: unknown, caller: Account): unknown {
  return visitFields(document, schema, value, '', {
    // A long sample is ciphertext that the documentation shows.
    encrypted: (text) => encryptFor(caller, text.length > 64 ? 'text-1' : text),
    embedded: (text, _pointer, _schema, visitInner) => JSON.stringify(visitInner(JSON.parse(text))),
  })
}
