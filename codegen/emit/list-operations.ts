import { type Document, methods, type OperationObject } from '../openapi/document.ts'
import { pascal } from '../openapi/pascal.ts'

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

/**
 * The operations as they can be called: an operation whose path has other names for its variables on another page
 * can be called by either.
 */
export function callableOperations(document: Document): PlacedOperation[] {
  return operationsOf(document).flatMap((placed) => [
    placed,
    ...(placed.operation['x-path-aliases'] ?? []).map((path) => renamed(placed, path)),
  ])
}

const variable = /\{([^{}]*)\}/g

function renamed({ path, method, operation }: PlacedOperation, alias: string): PlacedOperation {
  const theirs = [...alias.matchAll(variable)].map((found) => found[1]!)
  const names = new Map([...path.matchAll(variable)].map((found, index) => [found[1]!, theirs[index]!]))
  const { 'x-path-aliases': _, ...same } = operation
  return {
    path: alias,
    method,
    operation: {
      ...same,
      operationId: pascal(`${alias.replace(/^\/v3\//, '')} ${method}`),
      parameters: (operation.parameters ?? []).map((parameter) =>
        parameter.in === 'path'
          ? { ...parameter, name: names.get(parameter.name) ?? parameter.name }
          : parameter,
      ),
    },
  }
}
