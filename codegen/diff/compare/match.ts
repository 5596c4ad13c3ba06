import { byCodeUnit } from '../../by-code-unit.ts'
import { groupBy } from '../../group-by.ts'
import { type Endpoint, successorOf, supersededPaths } from './endpoint.ts'
import { fieldsOf } from './fields.ts'
import type { NamedDocument } from './json-node.ts'
import { similarity } from './similarity.ts'

/** Endpoints that are on both sides, and those that are on one. */
export interface Matching {
  pairs: Pair[]
  removed: Endpoint[]
  added: Endpoint[]
}

/** One endpoint on both sides. */
export interface Pair {
  before: Endpoint
  after: Endpoint
}

/** Finds what each endpoint became: by its name, by a documented successor, or by similarity. */
export function match(before: Endpoint[], after: Endpoint[], documents: Iterable<NamedDocument>): Matching {
  const pairs: Pair[] = []
  const removed = new Set(before)
  const added = new Set(after)
  const join = (one: Endpoint, other: Endpoint) => {
    pairs.push({ before: one, after: other })
    removed.delete(one)
    added.delete(other)
  }
  const joinUnique = (keyOf: (endpoint: Endpoint) => string) => {
    const others = groupBy(added, keyOf)
    for (const [key, ones] of groupBy(removed, keyOf)) {
      const there = others.get(key)
      if (ones.length === 1 && there?.length === 1) join(ones[0]!, there[0]!)
    }
  }
  joinUnique(({ domain, key }) => `${domain}\n${key}`)
  joinUnique(({ kind, key }) => `${kind}\n${key}`)
  joinUnique(({ shape }) => shape)
  const successors = successorsOf(removed, added, documents)
  for (const one of removed)
    for (const other of added) if (removed.has(one) && succeeds(one, other, successors)) join(one, other)
  joinUnique(({ kind, shape }) =>
    kind === 'operation' ? shape.slice(shape.indexOf(' ')) : `${kind}${shape}`,
  )
  for (const [one, other] of similarPairs([...removed], [...added])) join(one, other)
  return { pairs, removed: [...removed], added: [...added] }
}

// The old side may name what will replace an endpoint, the new side what replaced it.
function successorsOf(
  removed: Iterable<Endpoint>,
  added: Iterable<Endpoint>,
  documents: Iterable<NamedDocument>,
): Set<string> {
  const successors = new Set<string>()
  for (const endpoint of [...removed, ...added]) {
    const successor = successorOf(endpoint)
    if (successor) successors.add(`${endpoint.path}\n${pathOf(successor)}`)
  }
  for (const document of documents)
    for (const [path, successor] of supersededPaths(document)) successors.add(`${path}\n${pathOf(successor)}`)
  return successors
}

function pathOf(successor: string): string {
  return successor.slice(successor.indexOf(' ') + 1)
}

function succeeds(one: Endpoint, other: Endpoint, successors: ReadonlySet<string>): boolean {
  return (
    one.kind === other.kind &&
    one.method === other.method &&
    (successors.has(`${one.path}\n${other.path}`) || successors.has(`${other.path}\n${one.path}`))
  )
}

interface Features {
  title: unknown
  segments: string[]
  fields: string[]
}

// The most similar first. Score and order are symmetric, so that swapped sides give the same pairs.
function similarPairs(removed: Endpoint[], added: Endpoint[]): [Endpoint, Endpoint][] {
  const features = new Map([...removed, ...added].map((endpoint) => [endpoint, featuresOf(endpoint)]))
  const candidates = removed.flatMap((one) =>
    added
      .filter(({ kind, method }) => kind === one.kind && method === one.method)
      .map((other) => ({
        one,
        other,
        score: scoreOf(features.get(one)!, features.get(other)!),
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

function scoreOf(one: Features, other: Features): number {
  const path = similarity(one.segments, other.segments)
  const fields = similarity(one.fields, other.fields)
  const known = Math.min(one.fields.length, other.fields.length)
  if (one.title && one.title === other.title && (path >= 0.5 || (known > 2 && fields >= 0.8)))
    return 1 + path + fields
  return known > 3 && fields >= 0.9 && path >= 0.6 ? path + fields : 0
}

function featuresOf(endpoint: Endpoint): Features {
  const { query, body, response } = fieldsOf(endpoint)
  return {
    title: endpoint.operation.value['summary'],
    segments: endpoint.path.split(/[/.]/).filter(Boolean),
    fields: [
      ...query.map((name) => `query ${name}`),
      ...body.map((name) => `body ${name}`),
      ...response.map((name) => `response ${name}`),
    ],
  }
}
