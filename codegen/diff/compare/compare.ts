import type { Document } from '../../openapi/document.ts'
import type { Change, Comparison } from './change.ts'
import { type Endpoint, endpointsOf, subjectOf, successorOf } from './endpoint.ts'
import { objectOf, same, shown } from './json.ts'
import { lookUp, type NamedDocument, type Placed } from './json-node.ts'
import { compareServers } from './lifecycle.ts'
import { type Matching, match } from './match.ts'
import { compareOperations } from './operation.ts'
import { changesOf, note, Owner, type Standing, sorted } from './record.ts'
import { Sharing } from './sharing.ts'
import { suspicionsOf } from './suspicions.ts'

/**
 * All that differs between two specs, judged.
 *
 *     compare(new Map([['pay', before]]), new Map([['pay', after]]))
 *
 * @param before documents by domain. Documents that are the same on both sides may be left out of both
 */
export function compare(
  before: ReadonlyMap<string, Document>,
  after: ReadonlyMap<string, Document>,
): Comparison {
  const [old, now] = named(before, after)
  const endpoints = (documents: Map<string, NamedDocument>) => [...documents.values()].flatMap(endpointsOf)
  const matching = match(endpoints(old), endpoints(now), [...old.values(), ...now.values()])
  const sharing = new Sharing()
  const owned: { owner: Owner; domain: string }[] = matching.pairs.map((pair) => ({
    owner: compareOperations(pair, sharing.share),
    domain: pair.after.domain,
  }))
  owned.push(...compareDocuments(old, now), ...oneSided(matching, old, now), ...sharing.finish())
  const changes = sorted(unique(owned.flatMap(({ owner, domain }) => changesOf(owner, domain))))
  return { changes, suspicions: suspicionsOf(changes, matching) }
}

// Two single documents are the same domain, whatever their files are called.
function named(before: ReadonlyMap<string, Document>, after: ReadonlyMap<string, Document>) {
  const only = before.size === 1 && after.size === 1 ? [...after.keys()][0] : undefined
  return [before, after].map(
    (documents) =>
      new Map(
        [...documents].map(([key, document]) => {
          const name = only ?? key
          return [name, { name, root: objectOf(document) } satisfies NamedDocument]
        }),
      ),
  ) as [Map<string, NamedDocument>, Map<string, NamedDocument>]
}

function compareDocuments(old: Map<string, NamedDocument>, now: Map<string, NamedDocument>) {
  return [...old].flatMap(([domain, before]) => {
    const after = now.get(domain)
    if (!after) return []
    const owner = new Owner({ domain })
    const at: Standing = { owner, location: [], typed: true }
    compareServers(part(before, 'servers'), part(after, 'servers'), at)
    const [was, is] = [part(before, 'security'), part(after, 'security')]
    if (!same(was.value, is.value))
      note(at, 'api-security-changed', was, is, { before: shown(was.value), after: shown(is.value) })
    return [{ owner, domain }]
  })
}

function part(document: NamedDocument, name: string): Placed<unknown> {
  const pointer = `/${name}`
  return { document, pointer, value: lookUp(document, pointer) }
}

// What went and what came; a domain that went or came whole is told once.
function oneSided(
  { gone, come, pairs }: Matching,
  old: Map<string, NamedDocument>,
  now: Map<string, NamedDocument>,
) {
  const lost = wholes(
    gone,
    old,
    now,
    pairs.map((pair) => pair.before),
  )
  const won = wholes(
    come,
    now,
    old,
    pairs.map((pair) => pair.after),
  )
  const owned: { owner: Owner; domain: string }[] = []
  const tell = (endpoint: Endpoint | undefined, domain: string, put: (at: Standing) => void) => {
    const owner = new Owner(endpoint ? subjectOf(endpoint) : { domain })
    put({ owner, location: [], typed: true })
    owned.push({ owner, domain })
  }
  for (const [domain, count] of lost)
    tell(undefined, domain, (at) =>
      note(at, 'domain-removed', part(old.get(domain)!, 'info'), undefined, { name: domain, count }),
    )
  for (const [domain, count] of won)
    tell(undefined, domain, (at) =>
      note(at, 'domain-added', undefined, part(now.get(domain)!, 'info'), { name: domain, count }),
    )
  for (const endpoint of gone.filter(({ domain }) => !lost.has(domain)))
    tell(endpoint, endpoint.domain, (at) => removed(endpoint, now, at))
  for (const endpoint of come.filter(({ domain }) => !won.has(domain)))
    tell(endpoint, endpoint.domain, (at) => {
      const rule = endpoint.kind === 'notification' ? 'webhook-added' : 'endpoint-added'
      note(at, rule, undefined, endpoint.operation, { name: endpoint.key })
    })
  return owned
}

function wholes(
  unmatched: Endpoint[],
  here: Map<string, NamedDocument>,
  there: Map<string, NamedDocument>,
  matched: Endpoint[],
): Map<string, string> {
  const elsewhere = new Set(matched.map(({ domain }) => domain))
  return new Map(
    [...here.keys()]
      .filter((domain) => !there.has(domain) && !elsewhere.has(domain))
      .map((name) => [name, String(unmatched.filter(({ domain }) => domain === name).length)]),
  )
}

function removed(endpoint: Endpoint, now: Map<string, NamedDocument>, at: Standing): void {
  const { kind, key, path, operation, domain } = endpoint
  if (kind === 'notification') {
    note(at, 'webhook-removed', operation, undefined, { name: key })
    return
  }
  const document = now.get(domain)
  const moved = document && objectOf(objectOf(objectOf(document.root['paths'])[path]))['x-superseded-by']
  const successor = successorOf(endpoint) ?? (typeof moved === 'string' ? moved : undefined)
  const deprecated = operation.value['deprecated'] === true
  const rule = successor ? 'with-successor' : deprecated ? 'with-deprecation' : 'without-deprecation'
  note(at, `api-removed-${rule}`, operation, undefined, { name: key, after: shown(successor) })
}

function unique(changes: Change[]): Change[] {
  return [...new Map(changes.map((change) => [change.fingerprint, change])).values()]
}
