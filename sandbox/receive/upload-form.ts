import { dereference } from '../spec/dereference.ts'
import type { Schema } from '../spec/spec-types.ts'
import type { Route } from './operation-router.ts'
import { isForm, partBytes } from './read-multipart.ts'
import type { RequestRecord } from './request-record.ts'

/** Schema of the form that an upload takes; `undefined` when the operation takes JSON. */
export function formSchema({ document, operation }: Route): Schema | undefined {
  const requestBody = operation.requestBody && dereference(document, operation.requestBody)
  const schema = requestBody?.content?.['multipart/form-data']?.schema
  return schema && dereference(document, schema)
}

/** Name of the form part that the signature covers. */
export function signedPart({ operation }: Route): string {
  return operation['x-signed-part'] ?? 'meta'
}

/** The bytes that the signature in Authorization covers: the whole body, or one part of a form. */
export function signedBytes(route: Route | undefined, request: RequestRecord): Buffer {
  return route && formSchema(route) && isForm(request) ? partBytes(request, signedPart(route)) : request.body
}
