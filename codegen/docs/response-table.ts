import type { Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import type { Sample } from './sample.ts'
import type { Table } from './table.ts'
import type { Tree } from './tree.ts'

/** What a successful answer holds. */
export type ResponseShape =
  | { status: number; kind: 'json'; fields: Field[] }
  | { status: number; kind: 'empty' }
  | { status: number; kind: 'stream'; mediaType: string }

/** Reads the response table; the samples tell 202 from 204. */
export function readResponse(
  tree: Tree,
  table: Table,
  sample: Sample | undefined,
  reporter: Reporter,
): ResponseShape {
  const text = tree.marker?.text ?? ''
  if (tree.marker === undefined) {
    if (tree.fields.length === 0) reporter.report('response-marker', table, 'the response table is empty')
    else if (sample?.status === 204)
      reporter.report(
        'response-marker',
        table,
        'the samples say 204, which has no body, the table has fields',
      )
    return { status: sample?.status ?? 200, kind: 'json', fields: tree.fields }
  }
  if (text.includes('无返回内容')) return { status: sample?.status ?? 204, kind: 'empty' }
  if (text.includes('PDF')) return { status: 200, kind: 'stream', mediaType: 'application/pdf' }
  if (text.includes('图片')) return { status: 200, kind: 'stream', mediaType: 'image/*' }
  if (text.includes('文件流')) return { status: 200, kind: 'stream', mediaType: 'application/octet-stream' }
  reporter.report('response-marker', tree.marker, `"${text}" is not a known marker`)
  return { status: 200, kind: 'empty' }
}
