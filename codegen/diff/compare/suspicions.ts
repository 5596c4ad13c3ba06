import { byCodeUnit } from '../../by-code-unit.ts'
import { groupBy } from '../../group-by.ts'
import { fill, type Names } from '../rules/rule.ts'
import { type SuspicionId, suspicionTexts } from '../rules/suspicion-texts.ts'
import type { Change, Subject, Suspicion } from './change.ts'
import { isSuccess, subjectOf, successStatusOf } from './endpoint.ts'
import { fieldsOf } from './fields.ts'
import { canonical, listOf, objectOf } from './json.ts'
import type { Matching, Pair } from './match.ts'

/** Finds what looks like a mistake of a page rather than a change of the API. */
export function suspicionsOf(changes: readonly Change[], matching: Matching): Suspicion[] {
  const bySubject = groupBy(changes, ({ subject }) => keyOf(subject))
  const of = (subject: Subject) => bySubject.get(keyOf(subject)) ?? []
  const touched = matching.pairs.filter(({ after }) => of(subjectOf(after)).length > 0)
  return [
    ...touched.flatMap((pair) => lostTables(pair, of(subjectOf(pair.after)))),
    ...halvedDomains(changes, matching),
    ...[...bySubject.values()].flatMap(swappedEnums),
    ...copiedTables(touched, matching, of),
  ].sort(
    (a, b) =>
      byCodeUnit(keyOf(a.subject), keyOf(b.subject)) ||
      byCodeUnit(a.rule, b.rule) ||
      byCodeUnit(a.location.join('\n'), b.location.join('\n')),
  )
}

// A table had at least two rows.
function lostTables({ before, after }: Pair, changes: readonly Change[]): Suspicion[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const tables = [
    { location: ['body'], count: topLevel(old.body), left: now.body.length },
    { location: ['query'], count: old.query.length, left: now.query.length },
    {
      location: [successStatusOf(before) ?? '200'],
      count: topLevel(old.response),
      left: now.response.length,
    },
  ].filter(({ count, left }) => count > 1 && left === 0)
  const whole = tables.map(({ location, count }) => ({
    location,
    count,
    parts: changes.filter((change) => change.location[0] === location[0]),
  }))
  // A lost inner table leaves an object without fields.
  const inner = [
    ...groupBy(
      changes.filter(({ rule }) => rule.endsWith('-undocumented')),
      parentOf,
    ),
  ]
    .filter(([, parts]) => parts.length > 1 && parts[0]!.location.length > 2)
    .map(([, parts]) => ({ location: parts[0]!.location.slice(0, -1), count: parts.length, parts }))
  return [...whole, ...inner].flatMap(({ location, count, parts }) =>
    parts.length === 0
      ? []
      : [
          suspicion('table-vanished', subjectOf(after), location, parts, {
            name: location.join('.'),
            count: String(count),
          }),
        ],
  )
}

function topLevel(names: string[]): number {
  return names.filter((name) => !name.includes('.')).length
}

function halvedDomains(changes: readonly Change[], { pairs, removed }: Matching): Suspicion[] {
  const lost = groupBy(removed, ({ domain }) => domain)
  return [...lost].flatMap(([domain, endpoints]) => {
    const total = endpoints.length + pairs.filter(({ before }) => before.domain === domain).length
    if (total < 4 || endpoints.length * 2 < total) return []
    const keys = new Set<string | undefined>(endpoints.map(({ key }) => key))
    const parts = changes.filter(
      ({ subject, before, after, rule }) =>
        subject.domain === domain &&
        ((before && !after && keys.has(subject.operation)) || rule === 'domain-removed'),
    )
    const names = { name: domain, count: String(endpoints.length), total: String(total) }
    return [suspicion('domain-halved', { domain }, [], parts, names)]
  })
}

// Between properties of one object, or parameters of one operation.
function swappedEnums(changes: readonly Change[]): Suspicion[] {
  const enums = changes.filter(({ rule }) => /-enum-value-(added|removed)$/.test(rule))
  return [...groupBy(enums, parentOf).values()].flatMap((siblings) => {
    const byPath = [...groupBy(siblings, ({ location }) => location.join('\n')).values()]
    return byPath.flatMap((one, index) =>
      byPath.slice(index + 1).flatMap((other) => {
        const [a, b] = [one[0]!, other[0]!]
        const crossed =
          valuesOf(a.before?.value) === valuesOf(b.after?.value) &&
          valuesOf(a.after?.value) === valuesOf(b.before?.value)
        if (!crossed) return []
        const names = { before: a.location.at(-1) ?? '', after: b.location.at(-1) ?? '' }
        return [suspicion('enums-swapped', a.subject, a.location.slice(0, -1), [...one, ...other], names)]
      }),
    )
  })
}

function valuesOf(schema: unknown): string {
  const { enum: closed, 'x-extensible-enum': open } = objectOf(schema)
  return listOf(closed ?? open)
    .map(canonical)
    .sort(byCodeUnit)
    .join()
}

// A response that became the request of some operation.
function copiedTables(
  touched: Pair[],
  { pairs, added }: Matching,
  of: (subject: Subject) => Change[],
): Suspicion[] {
  const ofResponse = (subject: Subject) =>
    of(subject).filter(({ location }) => location[0] !== undefined && isSuccess(location[0]))
  const candidates = touched.filter(
    ({ after }) => after.kind === 'operation' && ofResponse(subjectOf(after)).length > 0,
  )
  if (candidates.length === 0) return []
  const requests = [...pairs.map(({ after }) => after), ...added]
    .filter(({ kind }) => kind === 'operation')
    .map((endpoint) => ({ endpoint, body: fieldsOf(endpoint).body }))
    .filter(({ body }) => body.length > 2)
  const byFields = groupBy(requests, ({ body }) => signature(body))
  return candidates.flatMap(({ before, after }) => {
    const fields = signature(fieldsOf(after).response)
    const others = byFields.get(fields) ?? []
    const source = others.find(({ endpoint }) => endpoint !== after) ?? others[0]
    if (!source || signature(fieldsOf(before).response) === fields) return []
    const parts = ofResponse(subjectOf(after))
    const location = parts[0]!.location.slice(0, 1)
    return [
      suspicion('response-is-request', subjectOf(after), location, parts, { name: source.endpoint.key }),
    ]
  })
}

function signature(names: string[]): string {
  return [...names].sort(byCodeUnit).join('\n')
}

function suspicion(
  rule: SuspicionId,
  subject: Subject,
  location: string[],
  parts: readonly Change[],
  names: Names,
): Suspicion {
  const explains = parts.map(({ fingerprint }) => fingerprint).sort(byCodeUnit)
  return { rule, subject, location, message: fill(suspicionTexts[rule], names), explains }
}

function keyOf({ domain, operation }: Subject): string {
  return `${domain}\n${operation ?? ''}`
}

function parentOf({ location }: Change): string {
  return location.slice(0, -1).join('\n')
}
