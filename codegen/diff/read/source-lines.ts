import { isMap, isSeq, LineCounter, parseDocument, type Node as YamlNode } from 'yaml'
import { groupBy } from '../../group-by.ts'
import type { Change, Comparison } from '../compare/change.ts'
import { tokensOf } from '../compare/json-pointer.ts'
import { scanLines } from './line-scan.ts'
import type { LoadedSide, Source } from './sides.ts'

/** A comparison with the file and line of each side that was read from a file. */
export function withSourceLines(
  { changes, suspicions }: Comparison,
  before: Pick<LoadedSide, 'sources'>,
  after: Pick<LoadedSide, 'sources'>,
): Comparison {
  const located = changes.map((change) => ({ ...change }))
  locate(located, 'before', before)
  locate(located, 'after', after)
  return { suspicions, changes: located }
}

function locate(changes: Change[], side: 'before' | 'after', { sources }: Pick<LoadedSide, 'sources'>): void {
  const only = sources.size === 1 ? [...sources.values()][0] : undefined
  const bySource = groupBy(
    changes.filter((change) => change[side]),
    ({ subject }): Source | undefined => sources.get(subject.domain) ?? only,
  )
  for (const [source, own] of bySource) {
    if (!source) continue
    const lines = linesOf(
      source.text,
      own.map((change) => change[side]!.pointer),
    )
    for (const change of own) {
      const line = lines.get(change[side]!.pointer)
      if (line !== undefined) change[side] = { ...change[side]!, place: `${source.file}:${line}` }
    }
  }
}

/** The lines of values by their JSON Pointers. A value that is not written out has the line of its nearest parent. */
export function linesOf(text: string, pointers: readonly string[]): Map<string, number> {
  const found = text.trimStart().startsWith('{') ? new Map<string, number>() : scanLines(text, pointers)
  const missing = pointers.filter((pointer) => !found.has(pointer))
  if (missing.length > 0) {
    const lineOf = parsedLines(text)
    for (const pointer of missing) found.set(pointer, lineOf(pointer))
  }
  return found
}

// Slower than the scan, but reads any YAML or JSON.
function parsedLines(text: string): (pointer: string) => number {
  const lines = new LineCounter()
  const { contents } = parseDocument(text, { lineCounter: lines, keepSourceTokens: false })
  return (pointer) => {
    let node: unknown = contents
    let offset = 0
    for (const token of tokensOf(pointer)) {
      const next = childOf(node, token)
      if (!next) break
      node = next.node
      offset = next.offset
    }
    return lines.linePos(offset).line
  }
}

function childOf(node: unknown, token: string): { node: unknown; offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((one) => String((one.key as { value?: unknown } | null)?.value) === token)
    const start = (pair?.key as YamlNode | undefined)?.range?.[0]
    return pair && start !== undefined ? { node: pair.value, offset: start } : undefined
  }
  if (!isSeq(node)) return undefined
  const item = node.items[Number(token)] as YamlNode | undefined
  return item?.range ? { node: item, offset: item.range[0] } : undefined
}
