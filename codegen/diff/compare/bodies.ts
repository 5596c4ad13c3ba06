import type { Endpoint } from './endpoint.ts'
import { isObject, objectOf } from './json.ts'
import { member, type Placed, resolve } from './json-node.ts'
import { note } from './record.ts'
import { below, compareSchemas, type SchemaStanding } from './schema.ts'

/** Compares what an operation takes as its body. */
export function compareRequestBody(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [bodyOf(before), bodyOf(after)]
  const here = below(at, 'body')
  if (!old && !now) return
  if (!old || !now) {
    const added = now?.value['required'] === true ? 'added-required' : 'added-optional'
    note(here, `request-body-${now ? added : 'removed'}`, old, now)
    return
  }
  const [was, is] = [old, now].map(({ value }) => value['required'] === true)
  if (was !== is) note(here, `request-body-became-${is ? 'required' : 'optional'}`, old, now)
  compareContent(old, now, 'request-body', here)
}

/** Compares what a notification brings. */
export function compareNotificationBody(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [bodyOf(before), bodyOf(after)]
  const here = below(at, 'body')
  if (old && now) compareContent(old, now, 'notification', here)
  else if (old) note({ ...here, typed: true }, 'notification-body-removed', old, undefined)
  else if (now) note(here, 'notification-body-added', undefined, now)
}

function bodyOf({ operation }: Endpoint): Placed | undefined {
  return isObject(operation.value['requestBody']) ? resolve(member(operation, 'requestBody')) : undefined
}

/** Compares media types, and the schemas of those that both have. */
export function compareContent(
  before: Placed,
  after: Placed,
  rule: 'request-body' | 'response' | 'notification',
  at: SchemaStanding,
): void {
  const [old, now] = [before, after].map(({ value }) => Object.keys(objectOf(value['content'])))
  const gone = old!.filter((type) => !now!.includes(type))
  const come = now!.filter((type) => !old!.includes(type))
  const [one, other] = [gone[0], come[0]]
  if (gone.length === 1 && come.length === 1 && one && other)
    note(at, `${rule}-media-type-changed`, media(before, one), media(after, other), {
      before: one,
      after: other,
    })
  else {
    for (const type of gone)
      note(at, `${rule}-media-type-removed`, media(before, type), after, { value: type })
    for (const type of come) note(at, `${rule}-media-type-added`, before, media(after, type), { value: type })
  }
  const first = now![0]
  for (const type of old!.filter((one) => now!.includes(one))) {
    // The generated types are made of the first.
    const typed = at.typed && type === first
    compareSchemas(schemaOf(before, type), schemaOf(after, type), { ...at, typed })
  }
}

function media(holder: Placed, type: string): Placed<unknown> {
  return member(holder, 'content', type)
}

function schemaOf(holder: Placed, type: string): Placed<unknown> {
  return member(resolve(media(holder, type)), 'schema')
}
