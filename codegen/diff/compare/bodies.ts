import type { Endpoint } from './endpoint.ts'
import { difference, isObject, objectOf } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'
import { note } from './record.ts'
import { compareSchemas } from './schema.ts'
import { below, type SchemaScope } from './schema-scope.ts'

/** Compares the request bodies of an operation. */
export function compareRequestBody(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [bodyOf(before), bodyOf(after)]
  const here = below(at, 'body')
  if (old && now) {
    if (isRequired(old) !== isRequired(now))
      note(here, `request-body-became-${isRequired(now) ? 'required' : 'optional'}`, old, now)
    compareMediaTypes(old, now, 'request-body', here)
  } else if (old) note(here, 'request-body-removed', old, undefined)
  else if (now) note(here, `request-body-added-${isRequired(now) ? 'required' : 'optional'}`, undefined, now)
}

/** Compares the bodies of a notification. */
export function compareNotificationBody(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [bodyOf(before), bodyOf(after)]
  const here = below(at, 'body')
  if (old && now) compareMediaTypes(old, now, 'notification', here)
  else if (old) note({ ...here, typed: true }, 'notification-body-removed', old, undefined)
  else if (now) note(here, 'notification-body-added', undefined, now)
}

function bodyOf({ operation }: Endpoint): Node | undefined {
  return isObject(operation.value['requestBody']) ? resolve(member(operation, 'requestBody')) : undefined
}

function isRequired({ value }: Node): boolean {
  return value['required'] === true
}

/** Compares the media types of a body, and the schemas of those that both sides have. */
export function compareMediaTypes(
  before: Node,
  after: Node,
  body: 'request-body' | 'response' | 'notification',
  at: SchemaScope,
): void {
  const [old, now] = [mediaTypesOf(before), mediaTypesOf(after)]
  const { removed, added } = difference(old, now)
  const [one, other] = [removed[0], added[0]]
  if (removed.length === 1 && added.length === 1 && one && other)
    note(at, `${body}-media-type-changed`, mediaTypeIn(before, one), mediaTypeIn(after, other), {
      before: one,
      after: other,
    })
  else {
    for (const type of removed)
      note(at, `${body}-media-type-removed`, mediaTypeIn(before, type), after, { value: type })
    for (const type of added)
      note(at, `${body}-media-type-added`, before, mediaTypeIn(after, type), { value: type })
  }
  for (const type of old.filter((one) => now.includes(one))) {
    // The generated types describe the first media type.
    const typed = at.typed && type === now[0]
    compareSchemas(schemaIn(before, type), schemaIn(after, type), { ...at, typed })
  }
}

function mediaTypesOf({ value }: Node): string[] {
  return Object.keys(objectOf(value['content']))
}

function mediaTypeIn(holder: Node, type: string): Node<unknown> {
  return member(holder, 'content', type)
}

function schemaIn(holder: Node, type: string): Node<unknown> {
  return member(resolve(mediaTypeIn(holder, type)), 'schema')
}
