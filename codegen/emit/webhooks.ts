import type { Document, OperationObject, Schema } from '../openapi/document.ts'
import { declareType, printFile } from './openapi-typescript.ts'

/** The models of all notifications: what each resource holds once decrypted. */
export function emitWebhookModels(document: Document): string {
  const nodes = webhooksOf(document).map(({ operation }) =>
    declareType(modelName(operation), plaintextSchema(operation)),
  )
  return printFile(nodes)
}

/** The events of the document with the names of their models. */
export function eventsOf(document: Document): { event: string; model: string; title: string }[] {
  return webhooksOf(document).map(({ event, operation }) => ({
    event,
    model: modelName(operation),
    title: operation.summary ?? event,
  }))
}

function webhooksOf(document: Document): { event: string; operation: OperationObject }[] {
  return Object.entries(document.webhooks ?? {}).flatMap(([event, item]) =>
    item.post ? [{ event, operation: item.post }] : [],
  )
}

function modelName(operation: OperationObject): string {
  return operation.operationId.replace(/Notification$/, 'Resource')
}

// The envelope is shared; what differs hangs below resource.ciphertext.
function plaintextSchema(operation: OperationObject): Schema {
  const schema = operation.requestBody?.content['application/json']?.schema as Schema | undefined
  const details = schema?.allOf?.[1]
  return details?.properties?.['resource']?.properties?.['ciphertext']?.contentSchema ?? { type: 'object' }
}
