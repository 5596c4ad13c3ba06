import { byCodeUnit } from '../by-code-unit.ts'
import type { Document, OperationObject, Schema } from '../openapi/document.ts'
import { bodySchema, webhooksOf } from '../openapi/operations.ts'
import { type FieldPlaces, fieldPlaces } from './field-places.ts'
import { declareType, printFile } from './openapi-typescript.ts'

/** The models of all notifications: what each resource holds once it is decrypted. */
export function emitWebhookModels(document: Document): string {
  const nodes = webhooksOf(document).map(({ operation }) =>
    declareType(modelName(operation), plaintextSchema(operation), { received: true }),
  )
  return printFile(nodes)
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
export function webhookPlaces(documents: Iterable<Document>): { event: string; places: FieldPlaces }[] {
  return [...documents]
    .flatMap((document) => webhooksOf(document))
    .flatMap(({ path: event, operation }) => {
      const places = fieldPlaces(plaintextSchema(operation))
      return places ? [{ event, places }] : []
    })
    .sort((a, b) => byCodeUnit(a.event, b.event))
}

function modelName(operation: OperationObject): string {
  return operation.operationId.replace(/Notification$/, 'Resource')
}

// All events share the envelope; each has its own resource.ciphertext.
function plaintextSchema(operation: OperationObject): Schema {
  const details = bodySchema(operation)?.allOf?.[1]
  return details?.properties?.['resource']?.properties?.['ciphertext']?.contentSchema ?? { type: 'object' }
}
