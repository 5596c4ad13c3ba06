import type { Document, OperationObject, PathItem, Schema } from '../../../../codegen/openapi/document.ts'

/** Any JSON: tests also use what our own documents never contain. */
export type Any = Record<string, unknown>

/** A document of paths, or of webhooks. */
export function document(parts: Any): Document {
  return {
    openapi: '3.1.0',
    info: { title: 't', version: 'v3', license: { name: 'MIT', identifier: 'MIT' } },
    components: { schemas: {} },
    ...parts,
  } as Document
}

/** A spec of one domain. */
export function spec(paths: Record<string, PathItem | Any>, parts: Any = {}): Map<string, Document> {
  return new Map([['pay', document({ paths, ...parts })]])
}

/** An operation with an empty response 200. */
export function operation(parts: Any = {}): OperationObject {
  return {
    operationId: 'Op',
    responses: { 200: { description: 'ok' } },
    ...parts,
  } as unknown as OperationObject
}

/** A spec of `POST /v3/pay/a` with these parts. */
export function post(parts: Any = {}, around: Any = {}): Map<string, Document> {
  return spec({ '/v3/pay/a': { post: operation(parts) } }, around)
}

/** JSON content of a schema. */
export function json(schema: Any | Schema): Any {
  return { content: { 'application/json': { schema } } }
}

/** A spec whose request body has this schema. */
export function requesting(schema: Any | Schema): Map<string, Document> {
  return post({ requestBody: { required: true, ...json(schema) } })
}

/** A spec whose response has this schema. */
export function responding(schema: Any | Schema): Map<string, Document> {
  return post({ responses: { 200: { description: 'ok', ...json(schema) } } })
}

/** A spec with a query parameter of this schema. */
export function querying(schema: Any | Schema, required = false): Map<string, Document> {
  return post({ parameters: [{ name: 'p', in: 'query', required, schema }] })
}

/** A spec with a notification whose decrypted content has this schema. */
export function notifying(schema: Any | Schema): Map<string, Document> {
  return webhook({
    requestBody: {
      content: {
        'application/json': {
          schema: {
            properties: {
              resource: {
                properties: {
                  ciphertext: { type: 'string', contentMediaType: 'application/json', contentSchema: schema },
                },
              },
            },
          },
        },
      },
    },
  })
}

/** A spec with one notification. */
export function webhook(parts: Any, event = 'PAID'): Map<string, Document> {
  return new Map([['webhooks', document({ webhooks: { [event]: { post: operation(parts) } } })]])
}

/** An object with these properties; all are required, except those ending in `?`. */
export function object(properties: Record<string, unknown>, parts: Any = {}): Any {
  const entries = Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ''), schema])
  const required = Object.keys(properties).filter((name) => !name.endsWith('?'))
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(entries),
    ...parts,
  }
}
