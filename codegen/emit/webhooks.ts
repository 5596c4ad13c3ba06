import { byCodeUnit } from '../by-code-unit.ts'
import type { Document, OperationObject, Schema } from '../openapi/document.ts'
import { bodySchema, webhooksOf } from '../openapi/operations.ts'
import { type FieldPlaces, fieldPlaces } from './field-places.ts'
import { declareType, printFile } from './openapi-typescript.ts'

/** The models of all notifications: what each resource holds once it is decrypted. */
export function emitWebhookModels(document: Document): string {
  const operations = webhooksOf(document).map(({ operation }) => operation)
  const nodes = operations.flatMap((operation) => {
    const schema = resourceSchema(operation)
    return (kindsOf(operation) ?? [[modelName(operation), schema] as const]).map(([name, kind]) =>
      declareType(name, kind, { received: true }),
    )
  })
  const unions = operations.flatMap((operation) => {
    const kinds = kindsOf(operation)
    return kinds
      ? [`export type ${modelName(operation)} = ${kinds.map(([name]) => name).join(' | ')};\n`]
      : []
  })
  return printFile(nodes) + unions.join('')
}

/** The events of the document with the names of their models. */
export function eventsOf(document: Document): { event: string; model: string; title: string }[] {
  return webhooksOf(document).map(({ path: event, operation }) => ({
    event,
    model: modelName(operation),
    title: operation.summary ?? event,
  }))
}

/** The events whose decrypted resource still has encrypted fields or JSON text, and where. */
export function webhookPlaces(document: Document): { event: string; places: FieldPlaces }[] {
  return webhooksOf(document)
    .flatMap(({ path: event, operation }) => {
      const places = fieldPlaces(resourceSchema(operation))
      return places ? [{ event, places }] : []
    })
    .sort((a, b) => byCodeUnit(a.event, b.event))
}

function modelName(operation: OperationObject): string {
  return operation.operationId.replace(/Notification$/, 'Resource')
}

// The kinds of an event, each a type with a name of its own, so that messages and hover texts stay short.
function kindsOf(operation: OperationObject): (readonly [name: string, Schema])[] | undefined {
  const { oneOf } = resourceSchema(operation)
  if (!oneOf?.every((kind) => kind.title)) return undefined
  const event = operation.operationId.replace(/Notification$/, '')
  return oneOf.map((kind) => [`${event}${kind.title}Resource`, kind])
}

/** The schema of an event's decrypted resource. All events share the envelope; each has its own `resource.ciphertext`. */
export function resourceSchema(operation: OperationObject): Schema {
  const details = bodySchema(operation)?.allOf?.[1]
  return details?.properties?.['resource']?.properties?.['ciphertext']?.contentSchema ?? { type: 'object' }
}
