import { compareMediaTypes } from './bodies.ts'
import { type Endpoint, isSuccess } from './endpoint.ts'
import { difference, isObject, objectOf } from './json.ts'
import { member, members, type Node, resolve } from './json-node.ts'
import { note } from './record.ts'
import { below, type SchemaScope } from './schema-scope.ts'

type Responses = Map<string, Node>

/** Compares the responses of an operation. */
export function compareResponses(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [responsesOf(before), responsesOf(after)]
  const { removed, added } = difference([...old.keys()], [...now.keys()])
  const [lost, gained] = [removed.filter(isSuccess), added.filter(isSuccess)]
  if (lost.length === 1 && gained.length === 1) {
    const [was, is] = [lost[0]!, gained[0]!]
    const names = { before: was, after: is }
    note(below(at, is), 'response-success-status-changed', old.get(was), now.get(is), names)
    compareResponse(old.get(was)!, now.get(is)!, scopeOf(at, is, now))
  } else {
    for (const status of lost) noteRemoved('response-success-status-removed', status)
    for (const status of gained) noteAdded('response-success-status-added', status)
  }
  for (const status of removed)
    if (!isSuccess(status)) noteRemoved('response-non-success-status-removed', status)
  for (const status of added) if (!isSuccess(status)) noteAdded('response-non-success-status-added', status)
  for (const [status, response] of old) {
    const other = now.get(status)
    if (other) compareResponse(response, other, scopeOf(at, status, now))
  }

  function noteRemoved(rule: `response-${'non-' | ''}success-status-removed`, status: string) {
    note(below(at, status), rule, old.get(status), undefined, { value: status })
  }
  function noteAdded(rule: `response-${'non-' | ''}success-status-added`, status: string) {
    note(below(at, status), rule, undefined, now.get(status), { value: status })
  }
}

/** Compares what an app replies to a notification. It is sent, and no generated type describes it. */
export function compareReplies(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [responsesOf(before), responsesOf(after)]
  for (const [status, reply] of old) {
    const other = now.get(status)
    if (!other) continue
    const here: SchemaScope = { ...below(at, status), family: 'request-property', typed: false }
    const [was, is] = [hasContent(reply), hasContent(other)]
    if (was && is) compareMediaTypes(reply, other, 'request-body', here)
    else if (was) note(here, 'request-body-removed', reply, other)
    else if (is) note(here, 'request-body-added-optional', reply, other)
  }
}

// `data` has the type of the first success; all error bodies share one type.
function scopeOf(at: SchemaScope, status: string, now: Responses): SchemaScope {
  const first = [...now.keys()].find(isSuccess)
  return { ...below(at, status), typed: at.typed && status === first }
}

function compareResponse(before: Node, after: Node, at: SchemaScope): void {
  compareHeaders(before, after, at)
  const [was, is] = [hasContent(before), hasContent(after)]
  if (was && is) {
    const here: SchemaScope = { ...at, family: 'response-property' }
    if (isShared(before) && isShared(after)) at.share(before, after, here)
    else compareMediaTypes(before, after, 'response', here)
  } else if (was) note(at, 'response-body-removed', before, after)
  else if (is) note(at, 'response-body-added', before, after)
}

function isShared({ pointer }: Node): boolean {
  return pointer.startsWith('/components/')
}

function compareHeaders(before: Node, after: Node, at: SchemaScope): void {
  const headers = (response: Node) => new Map(members(response, 'headers'))
  const [old, now] = [headers(before), headers(after)]
  for (const [name, header] of old)
    if (!now.has(name)) note(below(at, name), 'response-header-removed', header, undefined)
  for (const [name, header] of now)
    if (!old.has(name)) note(below(at, name), 'response-header-added', undefined, header)
}

function responsesOf({ operation }: Endpoint): Responses {
  const responses = objectOf(operation.value['responses'])
  return new Map(
    Object.keys(responses)
      .filter((status) => isObject(responses[status]))
      .map((status) => [status, resolve(member(operation, 'responses', status))]),
  )
}

function hasContent({ value }: Node): boolean {
  return Object.keys(objectOf(value['content'])).length > 0
}
