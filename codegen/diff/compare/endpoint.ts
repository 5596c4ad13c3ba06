import { methods } from '../../openapi/document.ts'
import type { Subject } from './change.ts'
import { isObject, objectOf, stringOf, stringsOf } from './json.ts'
import { member, members, type NamedDocument, type Node, resolve, rootOf } from './json-node.ts'

/** An operation or a notification with its names. */
export interface Endpoint {
  domain: string
  kind: 'operation' | 'notification'
  /** The path, or the event. */
  path: string
  method: string
  /** The path and its aliases. */
  spellings: string[]
  operation: Node
  item: Node
  /** `POST /v3/…`, or the event. */
  key: string
  /** The key without the names of path variables. */
  shape: string
}

/** The operations and notifications of a document, in its order. */
export function endpointsOf(document: NamedDocument): Endpoint[] {
  const root = rootOf(document)
  return [
    ...members(root, 'paths').flatMap(([path, item]) => operationsOf(document, path, resolve(item))),
    ...members(root, 'webhooks').flatMap(([event, item]) => notificationsOf(document, event, resolve(item))),
  ]
}

function operationsOf(document: NamedDocument, path: string, item: Node): Endpoint[] {
  return methodsOf(item).map(({ verb, operation }) => ({
    domain: document.name,
    kind: 'operation',
    path,
    method: verb,
    spellings: [path, ...stringsOf(operation.value['x-path-aliases'])],
    operation,
    item,
    key: `${verb} ${path}`,
    shape: `${verb} ${shapeOf(path)}`,
  }))
}

function notificationsOf(document: NamedDocument, event: string, item: Node): Endpoint[] {
  return methodsOf(item).map(({ verb, operation }) => {
    const key = verb === 'POST' ? event : `${verb} ${event}`
    return {
      domain: document.name,
      kind: 'notification',
      path: event,
      method: verb,
      spellings: [event],
      operation,
      item,
      key,
      shape: `notification ${key}`,
    }
  })
}

function methodsOf(item: Node): { verb: string; operation: Node }[] {
  return methods
    .filter((method) => isObject(item.value[method]))
    .map((method) => ({ verb: method.toUpperCase(), operation: resolve(member(item, method)) }))
}

/** A path without the names of its variables. */
export function shapeOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}')
}

/** How changes name an endpoint. */
export function subjectOf({ domain, key, operation }: Endpoint): Subject {
  const { value } = operation
  const title = stringOf(value['summary'])
  const page = stringOf(value['x-source'])
  const link = stringOf(objectOf(value['externalDocs'])['url'])
  return {
    domain,
    operation: key,
    ...(title && { title }),
    ...(page && { page }),
    ...(link && { link }),
  }
}

/** What replaces an endpoint: `POST /v3/…`, or a path. */
export function successorOf({ operation, item }: Endpoint): string | undefined {
  return stringOf(operation.value['x-superseded-by']) ?? stringOf(item.value['x-superseded-by'])
}

/** The paths of a document that have been replaced, and what replaces them. */
export function supersededPaths(document: NamedDocument): [path: string, successor: string][] {
  return members(rootOf(document), 'paths').flatMap(([path, item]): [string, string][] => {
    const successor = stringOf(objectOf(item.value)['x-superseded-by'])
    return successor === undefined ? [] : [[path, successor]]
  })
}

/** The first documented status of success. */
export function successStatusOf({ operation }: Endpoint): string | undefined {
  return Object.keys(objectOf(operation.value['responses'])).find(isSuccess)
}

/** Whether a status is one of success. */
export function isSuccess(status: string): boolean {
  return status.startsWith('2')
}
