import type { Document, OperationObject, Parameter, Schema } from '../openapi/document.ts'
import { formOf } from './form.ts'
import { callableOperations } from './list-operations.ts'
import { declareType, printFile } from './openapi-typescript.ts'
import { emitWebhookModels } from './webhooks.ts'

/** The TypeScript of a document's models: what each operation takes and gives, named after the operation. */
export function emitDocumentModels(document: Document): string {
  if (document.webhooks) return emitWebhookModels(document)
  return printFile(callableOperations(document).flatMap(({ operation }) => modelsOf(operation)))
}

function modelsOf(operation: OperationObject) {
  const name = operation.operationId
  const nodes = []
  for (const [suffix, place] of [
    ['Path', 'path'],
    ['Query', 'query'],
    ['Header', 'header'],
  ] as const) {
    const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place)
    if (parameters.length > 0) nodes.push(declareType(name + suffix, parameterSchema(parameters)))
  }
  const body = bodySchema(operation)
  if (body) nodes.push(declareType(`${name}Body`, formSchema(operation, body)))
  const data = dataSchema(operation)
  if (data) nodes.push(declareType(`${name}Data`, data))
  return nodes
}

// Headers that the client sets by itself are never required of a caller.
function parameterSchema(parameters: Parameter[]): Schema {
  const required = parameters.filter(
    (parameter) => parameter.required && parameter.name !== 'Wechatpay-Serial',
  )
  return {
    type: 'object',
    required: required.map((parameter) => parameter.name),
    properties: Object.fromEntries(
      parameters.map(({ name, description, schema, content, in: place }) => [
        name,
        {
          ...(schema ?? embedded(content) ?? ({ type: 'string' } as const)),
          ...(description && { description }),
          ...(place === 'path' && idOf(schema)),
        },
      ]),
    ),
  }
}

// What a parameter holds as a JSON text.
function embedded(content: Parameter['content']): Schema | undefined {
  return content?.['application/json']?.schema as Schema | undefined
}

// A form's file is whatever holds bytes, and the client computes its digest.
function formSchema(operation: OperationObject, body: Schema): Schema {
  const form = formOf(operation)
  if (!form) return body
  const { [form.file]: file, [form.signed]: signed, ...parts } = body.properties ?? {}
  return {
    ...body,
    properties: {
      ...parts,
      [form.file]: { ...file, 'x-file': true } as Schema,
      [form.signed]: { ...signed, required: signed?.required?.filter((name) => name !== form.digest) ?? [] },
    },
  }
}

// Numeric ids in a path may be given as text: the pages' own samples do.
function idOf(schema: Schema | undefined): { 'x-or-string'?: true } {
  return schema?.type === 'integer' || schema?.type === 'number' ? { 'x-or-string': true } : {}
}

/** The schema of what the caller passes as `body`. */
export function bodySchema(operation: OperationObject): Schema | undefined {
  const content = Object.values(operation.requestBody?.content ?? {})[0]
  return content?.schema as Schema | undefined
}

/** The schema of `data`, for an answer with a JSON body. */
export function dataSchema(operation: OperationObject): Schema | undefined {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1]
  const content = success && 'content' in success ? success.content : undefined
  return content?.['application/json']?.schema as Schema | undefined
}
