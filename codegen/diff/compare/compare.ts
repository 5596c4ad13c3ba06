import type { Document } from '../../openapi/document.ts'
import type { RuleId } from '../rules/all-rules.ts'
import type { Names } from '../rules/rule.ts'
import { type Known, knownOf, noteTrust } from './added-trust.ts'
import type { Change, Comparison } from './change.ts'
import { type Endpoint, endpointsOf, subjectOf, successorOf } from './endpoint.ts'
import { objectOf, same, shown, shownBoth } from './json.ts'
import { member, type NamedDocument, type Node, rootOf } from './json-node.ts'
import { compareServers } from './lifecycle.ts'
import { type Matching, match } from './match.ts'
import { compareOperations } from './operation.ts'
import { changesOf, note, Owner, type Scope, sorted } from './record.ts'
import { Sharing } from './sharing.ts'
import { suspicionsOf } from './suspicions.ts'

type NamedDocuments = ReadonlyMap<string, NamedDocument>

interface Owned {
  owner: Owner
  domain: string
}

/**
 * All differences between two specs, judged.
 *
 *     compare(new Map([['pay', before]]), new Map([['pay', after]]))
 *
 * @param before documents by domain. Documents that are equal on both sides may be omitted from both
 */
export function compare(
  before: ReadonlyMap<string, Document>,
  after: ReadonlyMap<string, Document>,
): Comparison {
  const [old, now] = named(before, after)
  const endpoints = (documents: NamedDocuments) => [...documents.values()].flatMap(endpointsOf)
  const matching = match(endpoints(old), endpoints(now), [...old.values(), ...now.values()])
  const sharing = new Sharing()
  const owned: Owned[] = matching.pairs.map((pair) => ({
    owner: compareOperations(pair, sharing.share),
    domain: pair.after.domain,
  }))
  owned.push(...compareDocuments(old, now), ...compareUnmatched(matching, old, now), ...sharing.finish())
  const changes = sorted(unique(owned.flatMap(({ owner, domain }) => changesOf(owner, domain))))
  return { changes, suspicions: suspicionsOf(changes, matching) }
}

// Two single documents are the same domain, even if their files have different names.
function named(
  before: ReadonlyMap<string, Document>,
  after: ReadonlyMap<string, Document>,
): [NamedDocuments, NamedDocuments] {
  const only = before.size === 1 && after.size === 1 ? [...after.keys()][0] : undefined
  const name = (documents: ReadonlyMap<string, Document>) =>
    new Map(
      [...documents].map(([key, document]) => {
        const name = only ?? key
        return [name, { name, root: objectOf(document) }]
      }),
    )
  return [name(before), name(after)]
}

function compareDocuments(old: NamedDocuments, now: NamedDocuments): Owned[] {
  return [...old].flatMap(([domain, before]) => {
    const after = now.get(domain)
    if (!after) return []
    const owner = new Owner({ domain })
    const at: Scope = { owner, location: [], typed: true }
    compareServers(part(before, 'servers'), part(after, 'servers'), at)
    const [was, is] = [part(before, 'security'), part(after, 'security')]
    if (!same(was.value, is.value)) note(at, 'api-security-changed', was, is, shownBoth(was.value, is.value))
    return [{ owner, domain }]
  })
}

function part(document: NamedDocument, name: string): Node<unknown> {
  return member(rootOf(document), name)
}

// A whole domain that was removed or added is one change.
function compareUnmatched(
  { removed, added, pairs }: Matching,
  old: NamedDocuments,
  now: NamedDocuments,
): Owned[] {
  const matchedBefore = new Set(pairs.map(({ before }) => before.domain))
  const matchedAfter = new Set(pairs.map(({ after }) => after.domain))
  const lost = [...old.values()].filter(({ name }) => !now.has(name) && !matchedBefore.has(name))
  const gained = [...now.values()].filter(({ name }) => !old.has(name) && !matchedAfter.has(name))
  const domainNames = (domain: string, endpoints: Endpoint[]): Names => ({
    name: domain,
    count: String(endpoints.filter((endpoint) => endpoint.domain === domain).length),
  })
  const known = added.length > 0 ? knownOf([...old.values()]) : undefined
  const outside = (documents: NamedDocument[]) => (endpoint: Endpoint) =>
    !documents.some(({ name }) => name === endpoint.domain)
  return [
    ...lost.map((document) =>
      single({ domain: document.name }, (at) =>
        note(at, 'domain-removed', part(document, 'info'), undefined, domainNames(document.name, removed)),
      ),
    ),
    ...gained.map((document) =>
      single({ domain: document.name }, (at) =>
        note(at, 'domain-added', undefined, part(document, 'info'), domainNames(document.name, added)),
      ),
    ),
    ...added
      .filter((endpoint) => !outside(gained)(endpoint))
      .map((endpoint) => single(subjectOf(endpoint), (at) => noteTrust(endpoint, known!, at))),
    ...removed
      .filter(outside(lost))
      .map((endpoint) => single(subjectOf(endpoint), (at) => noteRemoved(endpoint, now, at))),
    ...added
      .filter(outside(gained))
      .map((endpoint) => single(subjectOf(endpoint), (at) => noteAdded(endpoint, known!, at))),
  ]
}

function single(subject: Change['subject'], noteChange: (at: Scope) => void): Owned {
  const owner = new Owner(subject)
  noteChange({ owner, location: [], typed: true })
  return { owner, domain: subject.domain }
}

function noteAdded(endpoint: Endpoint, known: Known, at: Scope): void {
  const { kind, key, operation } = endpoint
  const rule = kind === 'notification' ? 'webhook-added' : 'endpoint-added'
  note(at, rule, undefined, operation, { name: key })
  noteTrust(endpoint, known, at)
}

function noteRemoved(endpoint: Endpoint, now: NamedDocuments, at: Scope): void {
  const { kind, key, path, operation, domain } = endpoint
  if (kind === 'notification') {
    note(at, 'webhook-removed', operation, undefined, { name: key })
    return
  }
  const document = now.get(domain)
  const moved = document && objectOf(member(rootOf(document), 'paths', path).value)['x-superseded-by']
  const successor = successorOf(endpoint) ?? (typeof moved === 'string' ? moved : undefined)
  note(at, removalRule(operation, successor), operation, undefined, { name: key, after: shown(successor) })
}

function removalRule(operation: Node, successor: string | undefined): RuleId {
  if (successor) return 'api-removed-with-successor'
  const deprecated = operation.value['deprecated'] === true
  return deprecated ? 'api-removed-with-deprecation' : 'api-removed-without-deprecation'
}

function unique(changes: Change[]): Change[] {
  return [...new Map(changes.map((change) => [change.fingerprint, change])).values()]
}
