import { chainNames } from '../../openapi/chain-name.ts'
import { compareNotificationBody, compareRequestBody } from './bodies.ts'
import { type Endpoint, shapeOf, subjectOf } from './endpoint.ts'
import { difference, stringOf } from './json.ts'
import { compareLifecycle } from './lifecycle.ts'
import type { Pair } from './match.ts'
import { compareNotificationHeaders, compareParameters } from './parameters.ts'
import { note, Owner } from './record.ts'
import { compareReplies, compareResponses } from './responses.ts'
import type { SchemaScope, Share } from './schema-scope.ts'

/** Compares both versions of an operation or notification. */
export function compareOperations({ before, after }: Pair, share: Share): Owner {
  const owner = new Owner(subjectOf(after))
  const at: SchemaScope = { owner, location: [], typed: true, family: 'request-property', share }
  compareNames(before, after, at)
  compareLifecycle(before, after, at)
  if (after.kind === 'notification') {
    // The client opens the envelope, so the types describe only the decrypted content.
    const received: SchemaScope = { ...at, family: 'notification-property', typed: false }
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

function compareNames(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [before.operation, after.operation]
  const renamed = { before: before.key, after: after.key }
  if (before.domain !== after.domain)
    note(at, 'api-domain-changed', old, now, {
      name: after.key,
      before: before.domain,
      after: after.domain,
    })
  if (after.kind === 'notification') {
    if (before.key !== after.key) note(at, 'webhook-renamed', old, now, renamed)
    return
  }
  if (shapeOf(before.path) !== shapeOf(after.path)) note(at, 'endpoint-renamed', old, now, renamed)
  else if (before.method !== after.method)
    note(at, 'endpoint-method-changed', old, now, {
      name: after.path,
      before: before.method,
      after: after.method,
    })
  else compareSpellings(before, after, at)
  if (before.path === after.path && before.method === after.method) compareTypeNames(before, after, at)
}

function compareSpellings(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [before.operation, after.operation]
  const { removed, added } = difference(before.spellings, after.spellings)
  if (removed.length === 1 && added.length === 1)
    note(at, 'request-path-parameter-renamed', old, now, { before: removed[0]!, after: added[0]! })
  else {
    for (const path of removed) note(at, 'path-spelling-removed', old, now, { before: path })
    for (const path of added) note(at, 'path-spelling-added', old, now, { after: path })
  }
}

function compareTypeNames(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [before.operation, after.operation]
  const chain = ({ path, operation }: Endpoint) =>
    stringOf(operation.value['x-chain']) ?? chainNames(path).join('.')
  const [was, is] = [chain(before), chain(after)]
  if (was !== is) note(at, 'chain-name-changed', old, now, { before: was, after: is })
  const [id, newId] = [old, now].map(({ value }) => stringOf(value['operationId']))
  if (id !== newId && id !== undefined && newId !== undefined)
    note(at, 'api-operation-id-changed', old, now, { before: id, after: newId })
}
