import { chainNames } from '../../openapi/chain-name.ts'
import { compareNotificationBody, compareRequestBody } from './bodies.ts'
import { type Endpoint, shapeOf, subjectOf } from './endpoint.ts'
import { stringOf } from './json.ts'
import { compareLifecycle } from './lifecycle.ts'
import type { Pair } from './match.ts'
import { compareNotificationHeaders, compareParameters } from './parameters.ts'
import { note, Owner } from './record.ts'
import { compareReplies, compareResponses } from './responses.ts'
import type { SchemaStanding, Share } from './schema.ts'

/** Compares two operations or notifications that are one. */
export function compareOperations({ before, after }: Pair, share: Share): Owner {
  const owner = new Owner(subjectOf(after))
  const at: SchemaStanding = { owner, location: [], typed: true, family: 'request-property', share }
  compareNames(before, after, at)
  compareLifecycle(before, after, at)
  if (after.kind === 'notification') {
    // The envelope is the client's; the types are those of the plain text in it.
    const received: SchemaStanding = { ...at, family: 'notification-property', typed: false }
    compareNotificationHeaders(before, after, received)
    compareNotificationBody(before, after, received)
    compareReplies(before, after, received)
  } else {
    compareParameters(before, after, at)
    compareRequestBody(before, after, at)
    compareResponses(before, after, { ...at, family: 'response-property' })
  }
  return owner
}

function compareNames(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [before.operation, after.operation]
  if (before.domain !== after.domain) {
    const names = { name: after.key, before: before.domain, after: after.domain }
    note(at, 'api-domain-changed', old, now, names)
  }
  if (after.kind === 'notification') {
    if (before.key !== after.key)
      note(at, 'webhook-renamed', old, now, { before: before.key, after: after.key })
    return
  }
  if (shapeOf(before.path) !== shapeOf(after.path))
    note(at, 'endpoint-renamed', old, now, { before: before.key, after: after.key })
  else if (before.method !== after.method)
    note(at, 'endpoint-method-changed', old, now, {
      name: after.path,
      before: before.method,
      after: after.method,
    })
  else compareSpellings(before, after, at)
  if (before.path !== after.path || before.method !== after.method) return
  compareTypeNames(before, after, at)
}

function compareSpellings(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [before.operation, after.operation]
  const gone = before.spellings.filter((path) => !after.spellings.includes(path))
  const come = after.spellings.filter((path) => !before.spellings.includes(path))
  if (gone.length === 1 && come.length === 1)
    note(at, 'request-path-parameter-renamed', old, now, { before: gone[0]!, after: come[0]! })
  else {
    for (const path of gone) note(at, 'path-spelling-removed', old, now, { before: path })
    for (const path of come) note(at, 'path-spelling-added', old, now, { after: path })
  }
}

function compareTypeNames(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [before.operation, after.operation]
  const chain = ({ path, operation }: Endpoint) =>
    stringOf(operation.value['x-chain']) ?? chainNames(path).join('.')
  const [was, is] = [chain(before), chain(after)]
  if (was !== is) note(at, 'chain-name-changed', old, now, { before: was, after: is })
  const [id, newId] = [old, now].map(({ value }) => stringOf(value['operationId']))
  if (id !== newId && id !== undefined && newId !== undefined)
    note(at, 'api-operation-id-changed', old, now, { before: id, after: newId })
}
