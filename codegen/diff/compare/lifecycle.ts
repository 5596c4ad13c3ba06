import type { RuleId } from '../rules/all-rules.ts'
import { type Endpoint, successorOf } from './endpoint.ts'
import { difference, differenceKind, listOf, objectOf, same, shownBoth, stringOf, stringsOf } from './json.ts'
import { member, type Node, rootOf } from './json-node.ts'
import { note, type Scope } from './record.ts'

/** Compares what is documented about an operation itself: deprecation, hosts, merchants, signatures, titles. */
export function compareLifecycle(before: Endpoint, after: Endpoint, at: Scope): void {
  compareDeprecation(before, after, at)
  compareSuccessors(before, after, at)
  compareModes(before, after, at)
  compareMarks(before, after, at)
  compareTags(before, after, at)
  if (hasServers(before) || hasServers(after)) compareServers(serversOf(before), serversOf(after), at)
  // The security of the document is compared once, with the document.
  const [old, now] = [member(before.operation, 'security'), member(after.operation, 'security')]
  if (!same(old.value, now.value)) note(at, 'api-security-changed', old, now, shownBoth(old.value, now.value))
}

const sunsetRules = {
  added: 'sunset-added',
  removed: 'sunset-deleted',
  changed: 'sunset-changed',
} as const

function compareDeprecation(before: Endpoint, after: Endpoint, at: Scope): void {
  const [old, now] = [before.operation, after.operation]
  const [was, is] = [old.value['deprecated'] === true, now.value['deprecated'] === true]
  const [day, newDay] = [stringOf(old.value['x-sunset']), stringOf(now.value['x-sunset'])]
  const names = { name: after.key, ...shownBoth(day, newDay) }
  if (!was && is)
    note(at, newDay ? 'endpoint-deprecated-with-sunset' : 'endpoint-deprecated', old, now, names)
  else if (was && !is) note(at, 'endpoint-reactivated', old, now, names)
  else if (day !== newDay) note(at, sunsetRules[differenceKind(day, newDay)], old, now, names)
}

const successorRules = {
  added: 'endpoint-superseded',
  removed: 'endpoint-not-superseded',
  changed: 'endpoint-successor-changed',
} as const

function compareSuccessors(before: Endpoint, after: Endpoint, at: Scope): void {
  const [old, now] = [successorOf(before), successorOf(after)]
  // A renamed path is reported as such.
  if (old === now || before.path !== after.path) return
  const names = { name: after.key, ...shownBoth(old, now) }
  note(at, successorRules[differenceKind(old, now)], before.operation, after.operation, names)
}

function compareModes(before: Endpoint, after: Endpoint, at: Scope): void {
  const [old, now] = [before.operation.value['x-mode'], after.operation.value['x-mode']]
  if (old === now) return
  const known = old !== undefined && now !== undefined
  const change = known && old === 'both' ? 'narrowed' : known && now === 'both' ? 'widened' : 'changed'
  note(at, `api-mode-${change}`, before.operation, after.operation, shownBoth(old, now))
}

const marks = [
  ['x-signed-part', 'request-signed-part-changed'],
  ['x-signed-digest', 'response-signed-digest-changed'],
  ['x-idempotency-key', 'request-idempotency-key-changed'],
  ['summary', 'api-title-changed'],
] as const

function compareMarks(before: Endpoint, after: Endpoint, at: Scope): void {
  const [old, now] = [before.operation, after.operation]
  const compareMark = (rule: RuleId, from: unknown, to: unknown) => {
    if (!same(from, to)) note(at, rule, old, now, shownBoth(from, to))
  }
  for (const [mark, rule] of marks) compareMark(rule, old.value[mark], now.value[mark])
  const link = ({ operation }: Endpoint) => objectOf(operation.value['externalDocs'])['url']
  compareMark('api-link-changed', link(before), link(after))
  const [was, is] = [old, now].map(({ value }) => value['x-unsigned-response'] === true)
  if (was !== is) note(at, `response-became-${is ? 'unsigned' : 'signed'}`, old, now)
}

function compareTags(before: Endpoint, after: Endpoint, at: Scope): void {
  const [old, now] = [before.operation, after.operation]
  const { removed, added } = difference(stringsOf(old.value['tags']), stringsOf(now.value['tags']))
  for (const value of removed) note(at, 'api-tag-removed', old, now, { value })
  for (const value of added) note(at, 'api-tag-added', old, now, { value })
}

/** The URLs in a list of servers. */
export function urlsOf({ value }: Node<unknown>): string[] {
  return listOf(value).flatMap((server) => stringOf(objectOf(server)['url']) ?? [])
}

/** Compares two lists of servers. */
export function compareServers(before: Node<unknown>, after: Node<unknown>, at: Scope): void {
  const [old, now] = [urlsOf(before), urlsOf(after)]
  const { removed, added } = difference(old, now)
  if (removed.length === 1 && added.length === 1)
    note(at, 'api-server-changed', before, after, shownBoth(removed[0], added[0]))
  else {
    for (const url of removed) note(at, 'api-server-removed', before, after, shownBoth(url, undefined))
    for (const url of added) note(at, 'api-server-added', before, after, shownBoth(undefined, url))
    if (removed.length === 0 && added.length === 0 && old[0] !== now[0])
      note(at, 'api-server-order-changed', before, after, shownBoth(old[0], now[0]))
  }
}

function hasServers({ operation }: Endpoint): boolean {
  return operation.value['servers'] !== undefined
}

/** The servers of an endpoint: its own, or those of the document. */
export function serversOf(endpoint: Endpoint): Node<unknown> {
  const { operation } = endpoint
  return member(hasServers(endpoint) ? operation : rootOf(operation.document), 'servers')
}
