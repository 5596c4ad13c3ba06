import { byCodeUnit } from '../../by-code-unit.ts'
import { type RuleId, ruleOf } from '../rules/all-rules.ts'
import { levels } from '../rules/level.ts'
import { fill, type Names } from '../rules/rule.ts'
import { concernsTrust } from '../rules/trust.ts'
import type { Change, Side, Subject } from './change.ts'
import { fingerprint } from './fingerprint.ts'
import type { Node } from './json-node.ts'

/** A change whose subject is not known yet. */
interface Draft {
  rule: RuleId
  typed: boolean
  location: string[]
  before: Node<unknown> | undefined
  after: Node<unknown> | undefined
  names: Names
}

/**
 * Collects changes: those of an operation, or of a schema that is shared by reference. A change of a shared schema is
 * reported once, for the only operation that uses it or else for the domain.
 */
export class Owner {
  readonly drafts: Draft[] = []
  readonly users: { owner: Owner; location: string[] }[] = []
  readonly subject: Subject | undefined
  /** The name of a shared schema. */
  readonly name: string[]

  constructor(subject: Subject | undefined, name: string[] = []) {
    this.subject = subject
    this.name = name
  }
}

/** Where two nodes are compared. */
export interface Scope {
  owner: Owner
  location: string[]
  /** Whether the generated types cover it. */
  typed: boolean
}

/** Notes a change. `name` in its sentence is the path within the operation, unless `names` has another. */
export function note(
  { owner, location, typed }: Scope,
  rule: RuleId,
  before: Node<unknown> | undefined,
  after: Node<unknown> | undefined,
  names: Names = {},
): void {
  owner.drafts.push({ rule, typed, location, before, after, names })
}

/** The changes of an owner, with the subject and the path of its only user, if there is one. */
export function changesOf(owner: Owner, domain: string): Change[] {
  if (owner.drafts.length === 0) return []
  const { subject, location } = useOf(owner, domain)
  const seen = new Set<string>()
  return owner.drafts.flatMap((draft) => {
    const change = changeOf(draft, subject, [...location, ...draft.location])
    const known = seen.has(change.fingerprint)
    seen.add(change.fingerprint)
    return known ? [] : [change]
  })
}

function useOf(owner: Owner, domain: string): { subject: Subject; location: string[] } {
  if (owner.subject) return { subject: owner.subject, location: [] }
  const uses = new Map<Subject, string[]>()
  const visited = new Set<Owner>()
  const visit = (one: Owner, below: string[]) => {
    if (visited.has(one) || uses.size > 1) return
    visited.add(one)
    for (const { owner: user, location } of one.users) {
      const whole = [...location, ...below]
      if (!user.subject) visit(user, whole)
      else if (!uses.has(user.subject)) uses.set(user.subject, whole)
    }
  }
  visit(owner, [])
  const only = uses.size === 1 ? [...uses][0]! : undefined
  if (only) return { subject: only[0], location: only[1] }
  return { subject: { domain }, location: owner.name }
}

function changeOf(draft: Draft, subject: Subject, location: string[]): Change {
  const rule = ruleOf(draft.rule)
  // The path within a shared schema begins with the name of the schema, which belongs to the name.
  const names = { name: nameOf(subject.operation ? location : ['', ...location]), ...draft.names }
  return {
    rule: rule.id,
    wire: rule.wire,
    types: draft.typed ? rule.types : 'info',
    ...(rule.direction && { direction: rule.direction }),
    subject,
    location,
    ...(draft.before && { before: sideOf(draft.before) }),
    ...(draft.after && { after: sideOf(draft.after) }),
    message: fill(rule.sentence, names),
    fingerprint: fingerprint(rule.id, subject.domain, subject.operation ?? '', location, lasting(names)),
  }
}

// Fingerprints are kept in files of accepted changes: no wording may enter them, and no count that other changes alter.
function lasting({ count: _, ...names }: Names): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([key, value]) => [key, value ?? 'none']))
}

function sideOf({ pointer, value }: Node<unknown>): Side {
  return { pointer, ...(value !== undefined && { value }) }
}

// `['body', 'amount', 'total']` is `amount.total`, `['200', 'data', '[]', 'id']` is `data[].id`.
function nameOf(location: string[]): string {
  const [first = '', ...rest] = location
  if (rest.length === 0) return first
  return rest.map((part, index) => (index === 0 || part.startsWith('[') ? part : `.${part}`)).join('')
}

/** Changes by domain and operation; within an operation trust first, then worst first, then by path. */
export function sorted(changes: Change[]): Change[] {
  const rank = ({ rule, wire, types }: Change) =>
    (concernsTrust(rule) ? -100 : 0) +
    Math.min(levels.indexOf(wire), levels.indexOf(types)) * 10 +
    levels.indexOf(wire) +
    levels.indexOf(types)
  return changes
    .map((change) => ({
      change,
      subject: `${change.subject.domain}\n${(change.subject.operation ?? '').split(' ').reverse().join(' ')}`,
      path: change.location.join('\n'),
      rank: rank(change),
    }))
    .sort(
      (a, b) =>
        byCodeUnit(a.subject, b.subject) ||
        a.rank - b.rank ||
        byCodeUnit(a.path, b.path) ||
        byCodeUnit(a.change.rule, b.change.rule) ||
        byCodeUnit(a.change.fingerprint, b.change.fingerprint),
    )
    .map(({ change }) => change)
}
