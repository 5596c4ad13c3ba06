import { byCodeUnit } from '../../by-code-unit.ts'
import { fill, type Text, text } from '../rules/rule.ts'
import type { Change, Subject, Suspicion } from './change.ts'
import { type Endpoint, subjectOf } from './endpoint.ts'
import { fieldsOf } from './fields.ts'
import { canonical, listOf, objectOf } from './json.ts'
import type { Matching, Pair } from './match.ts'

/** What each suspicion says. */
const sentences = {
  'table-vanished': text(
    'all {count} fields of `{name}` are gone: was the table of the page lost?',
    '`{name}` 的全部 {count} 个字段都消失了：是否页面的表格丢失了？',
  ),
  'domain-halved': text(
    '{count} of {total} operations of `{name}` are gone: were pages moved or lost?',
    '`{name}` 的 {total} 个接口中有 {count} 个消失了：是否页面被移动或丢失？',
  ),
  'enums-swapped': text(
    '`{before}` and `{after}` have exchanged their values: were two rows of the page mixed up?',
    '`{before}` 与 `{after}` 的取值互换了：是否页面的两行写反了？',
  ),
  'response-is-request': text(
    'the answer has exactly the fields of the request of `{name}`: was the wrong table copied?',
    '应答的字段与 `{name}` 的请求完全相同：是否复制错了表格？',
  ),
} satisfies Record<string, Text>

/** Ids of the suspicions. */
export const suspicionIds = Object.keys(sentences) as (keyof typeof sentences)[]

/** What a suspicion says, before its names are filled in. */
export function suspicionSentence(id: (typeof suspicionIds)[number]): Text {
  return sentences[id]
}

/** What looks like a mistake of a page rather than a change of the API. */
export function suspicionsOf(changes: readonly Change[], matching: Matching): Suspicion[] {
  const bySubject = grouped(changes, ({ subject }) => keyOf(subject))
  const of = (subject: Subject) => bySubject.get(keyOf(subject)) ?? []
  const touched = matching.pairs.filter(({ after }) => of(subjectOf(after)).length > 0)
  return [
    ...touched.flatMap((pair) => vanished(pair, of(subjectOf(pair.after)))),
    ...halved(changes, matching),
    ...[...bySubject.values()].flatMap(swapped),
    ...copied(touched, matching, of),
  ].sort(
    (a, b) =>
      byCodeUnit(keyOf(a.subject), keyOf(b.subject)) ||
      byCodeUnit(a.rule, b.rule) ||
      byCodeUnit(a.location.join('\n'), b.location.join('\n')),
  )
}

// A whole table of at least two rows.
function vanished({ before, after }: Pair, changes: readonly Change[]): Suspicion[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const success = Object.keys(objectOf(before.operation.value['responses'])).find((one) =>
    one.startsWith('2'),
  )
  const tables = [
    { location: ['body'], count: top(old.body), left: now.body.length },
    { location: ['query'], count: old.query.length, left: now.query.length },
    { location: [success ?? '200'], count: top(old.answer), left: now.answer.length },
  ].filter(({ count, left }) => count > 1 && left === 0)
  const whole = tables.map(({ location, count }) => ({
    location,
    count,
    parts: changes.filter((change) => change.location[0] === location[0]),
  }))
  // A table within a table leaves an object without fields behind.
  const inner = [
    ...grouped(
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

function top(names: string[]): number {
  return names.filter((name) => !name.includes('.')).length
}

function halved(changes: readonly Change[], { pairs, gone }: Matching): Suspicion[] {
  const lost = grouped(gone, ({ domain }) => domain)
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

// Neighbours: properties of one object, or parameters of one operation.
function swapped(changes: readonly Change[]): Suspicion[] {
  const enums = changes.filter(({ rule }) => /-enum-value-(added|removed)$/.test(rule))
  return [...grouped(enums, parentOf).values()].flatMap((siblings) => {
    const byPlace = [...grouped(siblings, ({ location }) => location.join('\n')).values()]
    return byPlace.flatMap((one, index) =>
      byPlace.slice(index + 1).flatMap((other) => {
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
    .map((value) => canonical(value))
    .sort(byCodeUnit)
    .join()
}

// An answer that became what some request is.
function copied(touched: Pair[], { pairs, come }: Matching, of: (subject: Subject) => Change[]): Suspicion[] {
  const answers = touched.filter(({ after }) => {
    const changes = of(subjectOf(after))
    return after.kind === 'operation' && changes.some(({ location }) => location[0]?.startsWith('2'))
  })
  if (answers.length === 0) return []
  const requests = new Map<string, Endpoint[]>()
  for (const endpoint of [...pairs.map(({ after }) => after), ...come]) {
    const { body } = fieldsOf(endpoint)
    if (endpoint.kind === 'operation' && body.length > 2) {
      const sign = signature(body)
      requests.set(sign, [...(requests.get(sign) ?? []), endpoint])
    }
  }
  return answers.flatMap(({ before, after }) => {
    const sign = signature(fieldsOf(after).answer)
    const others = requests.get(sign) ?? []
    const source = others.find((endpoint) => endpoint !== after) ?? others[0]
    if (!source || signature(fieldsOf(before).answer) === sign) return []
    const parts = of(subjectOf(after)).filter(({ location }) => location[0]?.startsWith('2'))
    const place = parts[0]!.location.slice(0, 1)
    return [suspicion('response-is-request', subjectOf(after), place, parts, { name: source.key })]
  })
}

function signature(names: string[]): string {
  return [...names].sort(byCodeUnit).join('\n')
}

function suspicion(
  rule: keyof typeof sentences,
  subject: Subject,
  location: string[],
  parts: readonly Change[],
  names: Record<string, string>,
): Suspicion {
  const explains = parts.map(({ fingerprint }) => fingerprint).sort(byCodeUnit)
  return { rule, subject, location, message: fill(sentences[rule], names), explains }
}

function keyOf({ domain, operation }: Subject): string {
  return `${domain}\n${operation ?? ''}`
}

function parentOf({ location }: Change): string {
  return location.slice(0, -1).join('\n')
}

function grouped<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return groups
}
