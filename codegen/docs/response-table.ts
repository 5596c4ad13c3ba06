import type { Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import type { Sample } from './sample.ts'
import type { Table } from './table.ts'
import type { Tree } from './tree.ts'

/** A successful response. */
export type ResponseShape =
  | { status: number; kind: 'json'; fields: Field[] }
  | { status: number; kind: 'empty' }
  | { status: number; kind: 'stream'; mediaType: string }

/** Reads the response table. Whether an empty response is 202 or 204 is only in the samples. */
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
        'the table has fields, but the samples check for 204, which has no body',
      )
    return { status: sample?.status ?? 200, kind: 'json', fields: tree.fields }
  }
  if (text.includes('无返回内容')) return { status: sample?.status ?? 204, kind: 'empty' }
  if (text.includes('PDF')) return { status: 200, kind: 'stream', mediaType: 'application/pdf' }
  if (text.includes('图片')) return { status: 200, kind: 'stream', mediaType: 'image/*' }
  if (text.includes('文件流')) return { status: 200, kind: 'stream', mediaType: 'application/octet-stream' }
  reporter.report('response-marker', tree.marker, `"${text}" is neither a field nor a known marker`)
  return { status: 200, kind: 'empty' }
}
