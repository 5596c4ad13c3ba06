import type { Document } from '../../openapi/document.ts'
import type { Change, Side } from '../compare/change.ts'
import { tokensOf, valueAt } from '../compare/json-pointer.ts'
import type { Documents, Review } from '../review/review.ts'
import { type Anchor, anchorOf } from './anchor.ts'
import { type Row, sideBySide } from './line-diff.ts'
import { toLines, toLinesBelow } from './lines.ts'

/** Before and after of a change, side by side: the property, parameter or operation around it, or the changed value. */
export function excerpt(change: Change, documents: Review['documents']): Row[] {
  const { before, after, subject } = change
  const values = () => sideBySide(valueLines(before), valueLines(after))
  if (!documents) return values()
  const around = () =>
    sideBySide(
      linesAround(documents.before, before, subject.domain),
      linesAround(documents.after, after, subject.domain),
    )
  // A whole operation would hide a change of one of its lines.
  const order = [before, after].some((side) => side && isDetail(side)) ? [values, around] : [around, values]
  for (const rowsOf of order) {
    const rows = rowsOf()
    if (rows.length > 0) return rows
  }
  return []
}

function isDetail({ pointer }: Side): boolean {
  const tokens = tokensOf(pointer)
  const { kind, path } = anchorOf(tokens)
  return kind !== 'property' && kind !== 'parameter' && tokens.length > path.length
}

function valueLines(side: Side | undefined): string[] {
  if (side?.value === undefined) return []
  const key = tokensOf(side.pointer).at(-1)
  return key === undefined || isDetail(side) === false ? toLines(side.value) : toLinesBelow(key, side.value)
}

function linesAround(documents: Documents, side: Side | undefined, domain: string): string[] {
  const document = side && documentOf(documents, side.place, domain)
  if (!document) return []
  const anchor = anchorOf(tokensOf(side.pointer))
  const value = valueAt(document, anchor.path)
  if (value === undefined) return []
  return anchor.name === undefined
    ? toLines(value)
    : toLinesBelow(headingOf(anchor, anchor.name, document), value)
}

function headingOf({ kind, path }: Anchor, name: string, document: Document): string {
  if (kind !== 'property') return name
  const parent = valueAt(document, path.slice(0, -2)) as { required?: unknown }
  return Array.isArray(parent.required) && parent.required.includes(name) ? `${name} (required)` : name
}

// `spec/pay.yaml:120` belongs to the document `pay`. A single document serves every domain.
function documentOf(documents: Documents, place = '', domain: string): Document | undefined {
  const [, name = domain] = /([^/:]+)\.(?:ya?ml|json)(?::\d+)?$/.exec(place) ?? []
  const [first] = documents.values()
  return documents.get(name) ?? documents.get(domain) ?? (documents.size === 1 ? first : undefined)
}
