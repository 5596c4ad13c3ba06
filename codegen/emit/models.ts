import type { Document, OperationObject, Parameter, Schema } from '../openapi/document.ts'
import { bodySchema, dataSchema, jsonSchema } from '../openapi/operations.ts'
import { callableOperations } from './callable-operations.ts'
import { formOf } from './form.ts'
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
    if (parameters.length > 0)
      nodes.push(declareType(name + suffix, parameterSchema(parameters), { example: samplesOf(parameters) }))
  }
  const body = bodySchema(operation)
  if (body) {
    const example = jsonExample(operation)
    nodes.push(declareType(`${name}Body`, formSchema(operation, body), { example }))
  }
  const data = dataSchema(operation)
  if (data) nodes.push(declareType(`${name}Data`, data, { received: true }))
  return nodes
}

function samplesOf(parameters: Parameter[]): Record<string, unknown> {
  return Object.fromEntries(
    parameters.map(({ name, example, content }) => {
      const inner = content?.['application/json']?.example
      return [name, example ?? (inner === undefined ? undefined : JSON.stringify(inner))]
    }),
  )
}

function jsonExample({ requestBody }: OperationObject): unknown {
  return requestBody?.content['application/json']?.example
}

function parameterSchema(parameters: Parameter[]): Schema {
  const required = parameters.filter((parameter) => parameter.required)
  return {
    type: 'object',
    required: required.map((parameter) => parameter.name),
    properties: Object.fromEntries(
      parameters.map(({ name, description, schema, content, in: place }) => [
        name,
        {
          ...(schema ?? jsonSchema(content) ?? ({ type: 'string' } as const)),
          ...(description && { description }),
          ...(place === 'path' && idOf(schema)),
        },
      ]),
    ),
  }
}

// A form's file may be anything that holds bytes, and the client computes its digest.
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

// A numeric id in a path may be passed as text, as the pages' samples do.
function idOf(schema: Schema | undefined): { 'x-or-string'?: true } {
  return schema?.type === 'integer' || schema?.type === 'number' ? { 'x-or-string': true } : {}
}
