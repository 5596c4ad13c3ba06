import { type Endpoint, successorOf } from './endpoint.ts'
import { listOf, objectOf, same, shown, stringOf, stringsOf } from './json.ts'
import { lookUp, member, type Placed } from './json-node.ts'
import { note, type Standing } from './record.ts'

/** Compares what is said of an operation: its life, its host, whom it is for, how it is signed, its titles. */
export function compareLifecycle(before: Endpoint, after: Endpoint, at: Standing): void {
  compareDeprecation(before, after, at)
  compareSuccessors(before, after, at)
  compareModes(before, after, at)
  compareMarks(before, after, at)
  compareTags(before, after, at)
  if (hasServers(before) || hasServers(after)) compareServers(serversOf(before), serversOf(after), at)
  const [old, now] = [securityOf(before), securityOf(after)]
  if (!same(old.value, now.value)) note(at, 'api-security-changed', old, now, said(old.value, now.value))
}

function compareDeprecation(before: Endpoint, after: Endpoint, at: Standing): void {
  const [old, now] = [before.operation, after.operation]
  const names = (from: unknown, to: unknown) => ({ name: after.key, ...said(from, to) })
  const [was, is] = [old.value['deprecated'] === true, now.value['deprecated'] === true]
  const [day, newDay] = [stringOf(old.value['x-sunset']), stringOf(now.value['x-sunset'])]
  if (!was && is)
    note(at, newDay ? 'endpoint-deprecated-with-sunset' : 'endpoint-deprecated', old, now, names(day, newDay))
  else if (was && !is) note(at, 'endpoint-reactivated', old, now, names(day, newDay))
  else if (day !== newDay)
    note(
      at,
      day === undefined ? 'sunset-added' : newDay === undefined ? 'sunset-deleted' : 'sunset-changed',
      old,
      now,
      names(day, newDay),
    )
}

function compareSuccessors(before: Endpoint, after: Endpoint, at: Standing): void {
  const [old, now] = [successorOf(before), successorOf(after)]
  // That the path was renamed to it is told of the path.
  if (old === now || before.path !== after.path) return
  const rule =
    now === undefined
      ? 'endpoint-not-superseded'
      : old === undefined
        ? 'endpoint-superseded'
        : 'endpoint-successor-changed'
  note(at, rule, before.operation, after.operation, { name: after.key, ...said(old, now) })
}

function compareModes(before: Endpoint, after: Endpoint, at: Standing): void {
  const [old, now] = [before.operation.value['x-mode'], after.operation.value['x-mode']]
  if (old === now) return
  const known = old !== undefined && now !== undefined
  const rule = known && old === 'both' ? 'narrowed' : known && now === 'both' ? 'widened' : 'changed'
  note(at, `api-mode-${rule}`, before.operation, after.operation, said(old, now))
}

const marks = [
  ['x-signed-part', 'request-signed-part-changed'],
  ['x-signed-digest', 'response-signed-digest-changed'],
  ['x-idempotency-key', 'request-idempotency-key-changed'],
  ['summary', 'api-title-changed'],
] as const

function compareMarks(before: Endpoint, after: Endpoint, at: Standing): void {
  const [old, now] = [before.operation, after.operation]
  const change = (rule: string, from: unknown, to: unknown) => {
    if (!same(from, to)) note(at, rule, old, now, said(from, to))
  }
  for (const [mark, rule] of marks) change(rule, old.value[mark], now.value[mark])
  const link = ({ operation }: Endpoint) => objectOf(operation.value['externalDocs'])['url']
  change('api-link-changed', link(before), link(after))
  const [was, is] = [old, now].map(({ value }) => value['x-unsigned-response'] === true)
  if (was !== is) note(at, `response-became-${is ? 'unsigned' : 'signed'}`, old, now)
}

function compareTags(before: Endpoint, after: Endpoint, at: Standing): void {
  const [old, now] = [before, after].map(({ operation }) => stringsOf(operation.value['tags']))
  for (const tag of old!.filter((one) => !now!.includes(one)))
    note(at, 'api-tag-removed', before.operation, after.operation, { value: tag })
  for (const tag of now!.filter((one) => !old!.includes(one)))
    note(at, 'api-tag-added', before.operation, after.operation, { value: tag })
}

/** Compares the hosts that serve something. */
export function compareServers(before: Placed<unknown>, after: Placed<unknown>, at: Standing): void {
  const urls = ({ value }: Placed<unknown>) =>
    listOf(value).flatMap((server) => stringOf(objectOf(server)['url']) ?? [])
  const [old, now] = [urls(before), urls(after)]
  const gone = old.filter((url) => !now.includes(url))
  const come = now.filter((url) => !old.includes(url))
  if (gone.length === 1 && come.length === 1)
    note(at, 'api-server-changed', before, after, said(gone[0], come[0]))
  else {
    for (const url of gone) note(at, 'api-server-removed', before, after, said(url, undefined))
    for (const url of come) note(at, 'api-server-added', before, after, said(undefined, url))
    if (gone.length === 0 && come.length === 0 && old[0] !== now[0])
      note(at, 'api-server-order-changed', before, after, said(old[0], now[0]))
  }
}

function hasServers({ operation }: Endpoint): boolean {
  return operation.value['servers'] !== undefined
}

function serversOf(endpoint: Endpoint): Placed<unknown> {
  return own(endpoint, 'servers')
}

// The document's authorisation is compared once, with the document.
function securityOf({ operation }: Endpoint): Placed<unknown> {
  return member(operation, 'security')
}

function own({ operation }: Endpoint, name: string): Placed<unknown> {
  if (operation.value[name] !== undefined) return member(operation, name)
  const { document } = operation
  return { document, pointer: `/${name}`, value: lookUp(document, `/${name}`) }
}

function said(before: unknown, after: unknown) {
  return { before: shown(before), after: shown(after) }
}
