import { byCodeUnit } from '../../by-code-unit.ts'
import { type Endpoint, movedPaths, successorOf } from './endpoint.ts'
import { fieldsOf } from './fields.ts'
import type { NamedDocument } from './json-node.ts'
import { likeness } from './similarity.ts'

/** Endpoints that belong together, and those that went or came. */
export interface Matching {
  pairs: Pair[]
  gone: Endpoint[]
  come: Endpoint[]
}

export interface Pair {
  before: Endpoint
  after: Endpoint
  /** By what the two were known to be one. */
  by: 'key' | 'shape' | 'successor' | 'method' | 'likeness'
}

/** Finds what each endpoint became: by name, by what is said to take over, by likeness. */
export function match(before: Endpoint[], after: Endpoint[], documents: Iterable<NamedDocument>): Matching {
  const pairs: Pair[] = []
  const gone = new Set(before)
  const come = new Set(after)
  const join = (by: Pair['by'], one: Endpoint, other: Endpoint) => {
    pairs.push({ before: one, after: other, by })
    gone.delete(one)
    come.delete(other)
  }
  const unique = (by: Pair['by'], key: (endpoint: Endpoint) => string) => {
    const others = grouped(come, key)
    for (const [name, ones] of grouped(gone, key)) {
      const there = others.get(name)
      if (ones.length === 1 && there?.length === 1) join(by, ones[0]!, there[0]!)
    }
  }
  unique('key', ({ domain, key }) => `${domain}\n${key}`)
  unique('key', ({ kind, key }) => `${kind}\n${key}`)
  unique('shape', ({ shape }) => shape)
  const successors = successorsOf(gone, come, documents)
  for (const one of gone)
    for (const other of come)
      if (gone.has(one) && succeeds(one, other, successors)) join('successor', one, other)
  unique('method', ({ kind, shape }) =>
    kind === 'operation' ? shape.slice(shape.indexOf(' ')) : `${kind}${shape}`,
  )
  for (const [one, other] of alike([...gone], [...come])) join('likeness', one, other)
  return { pairs, gone: [...gone], come: [...come] }
}

function grouped(endpoints: Iterable<Endpoint>, key: (endpoint: Endpoint) => string) {
  const groups = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints)
    groups.set(key(endpoint), [...(groups.get(key(endpoint)) ?? []), endpoint])
  return groups
}

// Both sides may tell it: the old one what will take over, the new one what did.
function successorsOf(
  gone: Iterable<Endpoint>,
  come: Iterable<Endpoint>,
  documents: Iterable<NamedDocument>,
): Set<string> {
  const told = new Set<string>()
  for (const endpoint of [...gone, ...come]) {
    const successor = successorOf(endpoint)
    if (successor) told.add(`${endpoint.path}\n${pathOf(successor)}`)
  }
  for (const document of documents)
    for (const [path, successor] of movedPaths(document)) told.add(`${path}\n${pathOf(successor)}`)
  return told
}

function pathOf(successor: string): string {
  return successor.slice(successor.indexOf(' ') + 1)
}

function succeeds(one: Endpoint, other: Endpoint, told: ReadonlySet<string>): boolean {
  return (
    one.kind === other.kind &&
    one.method === other.method &&
    (told.has(`${one.path}\n${other.path}`) || told.has(`${other.path}\n${one.path}`))
  )
}

interface Features {
  title: unknown
  segments: string[]
  fields: string[]
}

// The most alike first. The measure is the same from both sides, and so is the order.
function alike(gone: Endpoint[], come: Endpoint[]): [Endpoint, Endpoint][] {
  const features = new Map([...gone, ...come].map((endpoint) => [endpoint, featuresOf(endpoint)]))
  const candidates = gone.flatMap((one) =>
    come
      .filter(({ kind, method }) => kind === one.kind && method === one.method)
      .map((other) => ({
        one,
        other,
        score: score(features.get(one)!, features.get(other)!),
        names: [one.key, other.key].sort(byCodeUnit).join('\n'),
      }))
      .filter(({ score }) => score > 0),
  )
  candidates.sort((a, b) => b.score - a.score || byCodeUnit(a.names, b.names))
  const taken = new Set<Endpoint>()
  return candidates.flatMap(({ one, other }): [Endpoint, Endpoint][] => {
    if (taken.has(one) || taken.has(other)) return []
    taken.add(one).add(other)
    return [[one, other]]
  })
}

function score(one: Features, other: Features): number {
  const path = likeness(one.segments, other.segments)
  const fields = likeness(one.fields, other.fields)
  const known = Math.min(one.fields.length, other.fields.length)
  if (one.title && one.title === other.title && (path >= 0.5 || (known > 2 && fields >= 0.8)))
    return 1 + path + fields
  return known > 3 && fields >= 0.9 && path >= 0.6 ? path + fields : 0
}

function featuresOf(endpoint: Endpoint): Features {
  const { query, body, answer } = fieldsOf(endpoint)
  const all = [
    ...query.map((name) => `query ${name}`),
    ...body.map((name) => `body ${name}`),
    ...answer.map((name) => `answer ${name}`),
  ]
  return {
    title: endpoint.operation.value['summary'],
    segments: endpoint.path.split(/[/.]/).filter(Boolean),
    fields: all,
  }
}
