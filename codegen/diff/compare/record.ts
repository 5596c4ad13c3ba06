import { byCodeUnit } from '../../by-code-unit.ts'
import { ruleOf } from '../rules/all-rules.ts'
import { fill, type Names } from '../rules/rule.ts'
import { type Change, levels, type Subject } from './change.ts'
import { fingerprint } from './fingerprint.ts'
import type { Placed } from './json-node.ts'

/** What is told of a change before it is known whose it is. */
interface Draft {
  rule: string
  typed: boolean
  location: string[]
  before: Placed<unknown> | undefined
  after: Placed<unknown> | undefined
  names: Names
}

/**
 * Where changes are told: an operation, or a schema that several places share by reference. What changes in the latter is
 * told once, of the one operation that uses it or else of the domain.
 */
export class Owner {
  readonly drafts: Draft[] = []
  readonly users: { owner: Owner; location: string[] }[] = []
  readonly subject: Subject | undefined
  /** What a shared schema is called. */
  readonly name: string[]

  constructor(subject: Subject | undefined, name: string[] = []) {
    this.subject = subject
    this.name = name
  }
}

/** Where a comparison stands. */
export interface Standing {
  owner: Owner
  location: string[]
  /** Whether the generated types know this place. */
  typed: boolean
}

/** Notes a change. `name` in the sentence is the place within the operation, unless the names say otherwise. */
export function note(
  { owner, location, typed }: Standing,
  rule: string,
  before: Placed<unknown> | undefined,
  after: Placed<unknown> | undefined,
  names: Names = {},
): void {
  owner.drafts.push({ rule, typed, location, before, after, names })
}

/** The changes of an owner, with the subject and the place of those who use it. */
export function changesOf(owner: Owner, domain: string): Change[] {
  if (owner.drafts.length === 0) return []
  const { subject, location } = usedBy(owner, domain)
  const seen = new Set<string>()
  return owner.drafts.flatMap((draft) => {
    const change = changeOf(draft, subject, [...location, ...draft.location])
    const known = seen.has(change.fingerprint)
    seen.add(change.fingerprint)
    return known ? [] : [change]
  })
}

function usedBy(owner: Owner, domain: string): { subject: Subject; location: string[] } {
  if (owner.subject) return { subject: owner.subject, location: [] }
  const places = new Map<Subject, string[]>()
  const met = new Set<Owner>()
  const walk = (one: Owner, below: string[]) => {
    if (met.has(one) || places.size > 1) return
    met.add(one)
    for (const { owner: user, location } of one.users) {
      const whole = [...location, ...below]
      if (!user.subject) walk(user, whole)
      else if (!places.has(user.subject)) places.set(user.subject, whole)
    }
  }
  walk(owner, [])
  const only = places.size === 1 ? [...places][0]! : undefined
  if (only) return { subject: only[0], location: only[1] }
  return { subject: { domain }, location: owner.name }
}

function changeOf(draft: Draft, subject: Subject, location: string[]): Change {
  const rule = ruleOf(draft.rule)
  // Of a shared schema the name is part of the place.
  const names = { name: nameOf(subject.operation ? location : ['', ...location]), ...draft.names }
  const { count: _, ...lasting } = names as Names
  return {
    rule: rule.id,
    wire: rule.wire,
    types: draft.typed ? rule.types : 'info',
    ...(rule.direction && { direction: rule.direction }),
    subject,
    location,
    ...(draft.before && { before: side(draft.before) }),
    ...(draft.after && { after: side(draft.after) }),
    message: fill(rule.sentence, names),
    fingerprint: fingerprint(rule.id, subject.domain, subject.operation ?? '', location, lasting),
  }
}

function side({ pointer, value }: Placed<unknown>) {
  return { pointer, ...(value !== undefined && { value }) }
}

// `['body', 'amount', 'total']` is `amount.total`, `['200', 'data', '[]', 'id']` is `data[].id`.
function nameOf(location: string[]): string {
  const [first = '', ...rest] = location
  if (rest.length === 0) return first
  return rest.map((part, index) => (index === 0 || part.startsWith('[') ? part : `.${part}`)).join('')
}

/** Subjects by domain and operation, within them the worst first, then by place. */
export function sorted(changes: Change[]): Change[] {
  const rank = ({ wire, types }: Change) =>
    Math.min(levels.indexOf(wire), levels.indexOf(types)) * 10 + levels.indexOf(wire) + levels.indexOf(types)
  return changes
    .map((change) => ({
      change,
      subject: `${change.subject.domain}\n${(change.subject.operation ?? '').split(' ').reverse().join(' ')}`,
      place: change.location.join('\n'),
      rank: rank(change),
    }))
    .sort(
      (a, b) =>
        byCodeUnit(a.subject, b.subject) ||
        a.rank - b.rank ||
        byCodeUnit(a.place, b.place) ||
        byCodeUnit(a.change.rule, b.change.rule) ||
        byCodeUnit(a.change.fingerprint, b.change.fingerprint),
    )
    .map(({ change }) => change)
}
