import { type Document, methods, type OperationObject } from '../spec/document.ts'

/** An operation with its place in the document. */
export interface PlacedOperation {
  path: string
  method: (typeof methods)[number]
  operation: OperationObject
}

/** The operations of a document, in its order. */
export function operationsOf(document: Document): PlacedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ path, method, operation }] : []
    }),
  )
}
