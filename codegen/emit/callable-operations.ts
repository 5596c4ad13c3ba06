import type { Document } from '../openapi/document.ts'
import { operationName } from '../openapi/operation-name.ts'
import { operationsOf, type PlacedOperation } from '../openapi/operations.ts'
import { type Verb, verbs } from '../verbs.ts'

/** An operation that the client has a method for. */
export type CallableOperation = PlacedOperation & { method: Verb }

/**
 * The operations as they can be called. An operation whose path has other variable names on another page can be called
 * by either path.
 */
export function callableOperations(document: Document): CallableOperation[] {
  return operationsOf(document)
    .filter(isCallable)
    .flatMap((placed) => [
      placed,
      ...(placed.operation['x-path-aliases'] ?? []).map((path) => renamed(placed, path)),
    ])
}

function isCallable(placed: PlacedOperation): placed is CallableOperation {
  return (verbs as readonly string[]).includes(placed.method)
}

const variable = /\{([^{}]*)\}/g

function renamed({ path, method, operation }: CallableOperation, alias: string): CallableOperation {
  const others = [...alias.matchAll(variable)].map((found) => found[1]!)
  const names = new Map([...path.matchAll(variable)].map((found, index) => [found[1]!, others[index]!]))
  const { 'x-path-aliases': _, ...same } = operation
  return {
    path: alias,
    method,
    operation: {
      ...same,
      operationId: operationName(method, alias),
      parameters: (operation.parameters ?? []).map((parameter) =>
        parameter.in === 'path'
          ? { ...parameter, name: names.get(parameter.name) ?? parameter.name }
          : parameter,
      ),
    },
  }
}
