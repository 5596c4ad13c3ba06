import { methods } from '../../openapi/document.ts'
import type { Subject } from './change.ts'
import { isObject, objectOf, stringOf, stringsOf } from './json.ts'
import { member, members, type NamedDocument, type Placed, resolve } from './json-node.ts'

/** An operation or a notification with all that names it. */
export interface Endpoint {
  domain: string
  kind: 'operation' | 'notification'
  /** The path, or the event. */
  path: string
  method: string
  /** The path, and what else it may be written as. */
  spellings: string[]
  operation: Placed
  item: Placed
  /** `POST /v3/…`, or the event. */
  key: string
  /** The key without the names of its variables. */
  shape: string
}

/** The operations and notifications of a document, in its order. */
export function endpointsOf(document: NamedDocument): Endpoint[] {
  const root: Placed = { document, pointer: '', value: document.root }
  return [
    ...members(root, 'paths').flatMap(([path, item]) => operationsOf(document, path, resolve(item))),
    ...members(root, 'webhooks').flatMap(([event, item]) => notificationsOf(document, event, resolve(item))),
  ]
}

function operationsOf(document: NamedDocument, path: string, item: Placed): Endpoint[] {
  return methods.flatMap((method) => {
    if (!isObject(item.value[method])) return []
    const operation = resolve(member(item, method))
    const verb = method.toUpperCase()
    return [
      {
        domain: document.name,
        kind: 'operation',
        path,
        method: verb,
        spellings: [path, ...stringsOf(operation.value['x-path-aliases'])],
        operation,
        item,
        key: `${verb} ${path}`,
        shape: `${verb} ${shapeOf(path)}`,
      },
    ]
  })
}

function notificationsOf(document: NamedDocument, event: string, item: Placed): Endpoint[] {
  return methods.flatMap((method) => {
    if (!isObject(item.value[method])) return []
    const operation = resolve(member(item, method))
    const key = method === 'post' ? event : `${method.toUpperCase()} ${event}`
    return [
      {
        domain: document.name,
        kind: 'notification',
        path: event,
        method: method.toUpperCase(),
        spellings: [event],
        operation,
        item,
        key,
        shape: `notification ${key}`,
      },
    ]
  })
}

/** A path without the names of its variables. */
export function shapeOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}')
}

/** The endpoint as changes name it. */
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

/** What took over from an endpoint: `POST /v3/…`, or a path. */
export function successorOf({ operation, item }: Endpoint): string | undefined {
  return stringOf(operation.value['x-superseded-by']) ?? stringOf(item.value['x-superseded-by'])
}

/** The paths of a document that moved, with what took over. */
export function movedPaths(document: NamedDocument): [path: string, successor: string][] {
  const root: Placed = { document, pointer: '', value: document.root }
  return members(root, 'paths').flatMap(([path, item]): [string, string][] => {
    const successor = stringOf(objectOf(item.value)['x-superseded-by'])
    return successor === undefined ? [] : [[path, successor]]
  })
}
