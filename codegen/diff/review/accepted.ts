import { readFile } from 'node:fs/promises'
import { isMap, isSeq, LineCounter, parseDocument, stringify, YAMLSeq } from 'yaml'
import type { Change } from '../compare/change.ts'
import { isObject } from '../compare/json.ts'
import { DiffInputError } from '../read/input-error.ts'

/** An entry of the file of accepted changes. */
export interface Accepted {
  fingerprint: string
  rule: string
  reason: string
  /** What the change is about, for readers of the file. */
  subject?: string
}

/** A change that a reviewer accepted. */
export interface AcceptedChange {
  change: Change
  reason: string
}

interface Applied {
  /** Changes that are not accepted. */
  changes: Change[]
  accepted: AcceptedChange[]
  /** Entries that no longer match a change. */
  stale: Accepted[]
}

/** Separates accepted changes from others. An entry matches by fingerprint and rule. */
export function applyAccepted(changes: readonly Change[], entries: readonly Accepted[]): Applied {
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]))
  const entryOf = ({ fingerprint, rule }: Change) => {
    const entry = byFingerprint.get(fingerprint)
    return entry?.rule === rule ? entry : undefined
  }
  const matched = new Set(changes.flatMap((change) => entryOf(change) ?? []))
  return {
    changes: changes.filter((change) => !entryOf(change)),
    accepted: changes.flatMap((change) => {
      const entry = entryOf(change)
      return entry ? [{ change, reason: entry.reason }] : []
    }),
    stale: entries.filter((entry) => !matched.has(entry)),
  }
}

/**
 * Reads the file of accepted changes. Without the file, nothing is accepted.
 * @throws DiffInputError with the line of a malformed entry
 */
export async function readAccepted(file: string): Promise<Accepted[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw new DiffInputError('ERR_DIFF_ACCEPTED', `cannot read ${file}: ${error.code}`, { cause: error })
  })
  return parseAccepted(text, file)
}

/**
 * Parses the text of the file of accepted changes.
 * @throws DiffInputError with the line of a malformed entry
 */
export function parseAccepted(text: string, file: string): Accepted[] {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const fail = (offset: number, problem: string): never => {
    throw new DiffInputError('ERR_DIFF_ACCEPTED', `${file}:${counter.linePos(offset).line} ${problem}`)
  }
  const [error] = document.errors
  if (error) fail(error.pos[0], `is not valid YAML: ${error.message.split('\n')[0]}`)
  const { contents } = document
  if (contents === null) return []
  if (!isSeq(contents)) return fail(contents.range?.[0] ?? 0, 'must be a list of accepted changes')
  const lines = new Map<string, number>()
  return contents.items.map((item) => {
    const offset = (isMap(item) && item.range?.[0]) || 0
    const value: unknown = isMap(item) ? item.toJS(document) : item
    const entry = isObject(value) ? value : {}
    for (const name of ['fingerprint', 'rule', 'reason'])
      if (typeof entry[name] !== 'string' || entry[name] === '')
        fail(offset, `has no ${name}: an entry is { fingerprint, rule, reason }`)
    const { fingerprint, rule, reason, subject } = entry as unknown as Accepted
    if (!/^[0-9a-f]{16}$/.test(fingerprint))
      fail(offset, `has the fingerprint ${fingerprint}: it must be 16 hexadecimal digits in quotes`)
    const first = lines.get(fingerprint)
    if (first !== undefined) fail(offset, `accepts ${fingerprint} again: see line ${first}`)
    lines.set(fingerprint, counter.linePos(offset).line)
    return { fingerprint, rule, reason, ...(typeof subject === 'string' && { subject }) }
  })
}

const opening = '# Changes of the spec that a reviewer accepted, each with its reason.\n'

/** The text of the file with one more entry. Comments and other entries are kept. */
export function withAccepted(text: string, change: Change, reason: string): string {
  const { subject, rule, fingerprint, location } = change
  const name = [subject.operation ?? subject.domain, ...location].join(' ')
  const entry: Accepted = { fingerprint, rule, subject: name, reason }
  if (text.trim() === '') return opening + stringify([entry], { lineWidth: 0 })
  const document = parseDocument(text)
  if (document.contents === null) document.contents = new YAMLSeq() as never
  ;(document.contents as unknown as YAMLSeq).add(document.createNode(entry))
  return document.toString({ lineWidth: 0 })
}
