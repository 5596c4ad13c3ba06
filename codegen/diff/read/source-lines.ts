import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Change, Comparison, Side } from '../compare/change.ts'
import { keysOf, scanLines } from './line-scan.ts'
import type { LoadedSide, Source } from './sides.ts'

/** The comparison with file and line of each side that was read from a file. */
export function withPlaces(
  { changes, suspicions }: Comparison,
  before: Pick<LoadedSide, 'sources'>,
  after: Pick<LoadedSide, 'sources'>,
): Comparison {
  const old = placesOf(changes, 'before', before)
  const now = placesOf(changes, 'after', after)
  const placed = (side: Side, place: string | undefined): Side => ({ ...side, ...(place && { place }) })
  return {
    suspicions,
    changes: changes.map((change) => ({
      ...change,
      ...(change.before && { before: placed(change.before, old.get(change)) }),
      ...(change.after && { after: placed(change.after, now.get(change)) }),
    })),
  }
}

function placesOf(
  changes: readonly Change[],
  which: 'before' | 'after',
  { sources }: Pick<LoadedSide, 'sources'>,
): Map<Change, string> {
  const places = new Map<Change, string>()
  const bySource = new Map<Source, Change[]>()
  const only = sources.size === 1 ? [...sources.values()][0] : undefined
  for (const change of changes) {
    const source = sources.get(change.subject.domain) ?? only
    if (source && change[which]) bySource.set(source, [...(bySource.get(source) ?? []), change])
  }
  for (const [source, own] of bySource) {
    const lines = linesOf(
      source.text,
      own.map((change) => change[which]!.pointer),
    )
    for (const change of own) {
      const line = lines.get(change[which]!.pointer)
      if (line !== undefined) places.set(change, `${source.file}:${line}`)
    }
  }
  return places
}

/** The lines of values by their JSON Pointers; of one that is not written out, the line of what it stands in. */
export function linesOf(text: string, pointers: readonly string[]): Map<string, number> {
  const found = text.trimStart().startsWith('{') ? new Map<string, number>() : scanLines(text, pointers)
  const missing = pointers.filter((pointer) => !found.has(pointer))
  if (missing.length > 0) {
    const lookUp = parsedLines(text)
    for (const pointer of missing) found.set(pointer, lookUp(pointer))
  }
  return found
}

// Slower, and knows all of YAML and JSON.
function parsedLines(text: string): (pointer: string) => number {
  const lines = new LineCounter()
  const { contents } = parseDocument(text, { lineCounter: lines, keepSourceTokens: false })
  return (pointer) => {
    let node: unknown = contents
    let offset = 0
    for (const key of keysOf(pointer)) {
      const next = step(node, key)
      if (!next) break
      node = next.node
      offset = next.offset
    }
    return lines.linePos(offset).line
  }
}

function step(node: unknown, key: string): { node: unknown; offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((one) => String((one.key as { value?: unknown } | null)?.value) === key)
    const start = (pair?.key as Node | undefined)?.range?.[0]
    return pair && start !== undefined ? { node: pair.value, offset: start } : undefined
  }
  if (!isSeq(node)) return undefined
  const item = node.items[Number(key)] as Node | undefined
  return item?.range ? { node: item, offset: item.range[0] } : undefined
}
