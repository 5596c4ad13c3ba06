import { compareContent } from './bodies.ts'
import type { Endpoint } from './endpoint.ts'
import { isObject, objectOf } from './json.ts'
import { member, members, type Placed, resolve } from './json-node.ts'
import { note } from './record.ts'
import { below, type SchemaStanding } from './schema.ts'

type Answers = Map<string, Placed>

/** Compares the answers of an operation. */
export function compareResponses(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [answersOf(before), answersOf(after)]
  const gone = missing(old, now)
  const come = missing(now, old)
  const [one, other] = [gone.filter(isSuccess), come.filter(isSuccess)]
  if (one.length === 1 && other.length === 1) {
    const [was, is] = [one[0]!, other[0]!]
    note(below(at, is), 'response-success-status-changed', old.get(was), now.get(is), {
      before: was,
      after: is,
    })
    compareResponse(old.get(was)!, now.get(is)!, standing(at, is, now))
  } else {
    for (const status of one)
      note(below(at, status), 'response-success-status-removed', old.get(status), undefined, {
        value: status,
      })
    for (const status of other)
      note(below(at, status), 'response-success-status-added', undefined, now.get(status), { value: status })
  }
  for (const status of gone.filter((name) => !isSuccess(name)))
    note(below(at, status), 'response-non-success-status-removed', old.get(status), undefined, {
      value: status,
    })
  for (const status of come.filter((name) => !isSuccess(name)))
    note(below(at, status), 'response-non-success-status-added', undefined, now.get(status), {
      value: status,
    })
  for (const [status, answer] of old) {
    const same = now.get(status)
    if (same) compareResponse(answer, same, standing(at, status, now))
  }
}

/** Compares what an app replies to a notification: it is sent, and no type of an operation. */
export function compareReplies(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [answersOf(before), answersOf(after)]
  for (const [status, reply] of old) {
    const other = now.get(status)
    if (!other) continue
    const here: SchemaStanding = { ...below(at, status), family: 'request-property', typed: false }
    const [was, is] = [hasContent(reply), hasContent(other)]
    if (was && is) compareContent(reply, other, 'request-body', here)
    else if (was) note(here, 'request-body-removed', reply, other)
    else if (is) note(here, 'request-body-added-optional', reply, other)
  }
}

// `data` has the type of the first success; the error body has one type of its own.
function standing(at: SchemaStanding, status: string, now: Answers): SchemaStanding {
  const first = [...now.keys()].find(isSuccess)
  return { ...below(at, status), typed: at.typed && status === first }
}

function compareResponse(before: Placed, after: Placed, at: SchemaStanding): void {
  compareHeaders(before, after, at)
  const [was, is] = [hasContent(before), hasContent(after)]
  if (was && is) {
    const answer: SchemaStanding = { ...at, family: 'response-property' }
    if (refers(before, after)) at.share(before, after, answer)
    else compareContent(before, after, 'response', answer)
  } else if (was) note(at, 'response-body-removed', before, after)
  else if (is) note(at, 'response-body-added', before, after)
}

// A shared answer stands below components: what changes in it is told once.
function refers(before: Placed, after: Placed): boolean {
  return [before, after].every(({ pointer }) => pointer.startsWith('/components/'))
}

function compareHeaders(before: Placed, after: Placed, at: SchemaStanding): void {
  const headers = (response: Placed) => new Map(members(response, 'headers'))
  const [old, now] = [headers(before), headers(after)]
  for (const [name, header] of old)
    if (!now.has(name)) note(below(at, name), 'response-header-removed', header, undefined)
  for (const [name, header] of now)
    if (!old.has(name)) note(below(at, name), 'response-header-added', undefined, header)
}

function answersOf({ operation }: Endpoint): Answers {
  const responses = objectOf(operation.value['responses'])
  return new Map(
    Object.keys(responses)
      .filter((status) => isObject(responses[status]))
      .map((status) => [status, resolve(member(operation, 'responses', status))]),
  )
}

function missing(one: Answers, other: Answers): string[] {
  return [...one.keys()].filter((status) => !other.has(status))
}

function isSuccess(status: string): boolean {
  return status.startsWith('2')
}

function hasContent({ value }: Placed): boolean {
  return Object.keys(objectOf(value['content'])).length > 0
}
