import { format, Reporter } from '../../../codegen/docs/diagnostics.ts'
import type { Field } from '../../../codegen/docs/field.ts'
import type { Notification } from '../../../codegen/docs/notification-page.ts'
import type { Operation } from '../../../codegen/docs/operation-page.ts'
import { decodePage } from '../../../codegen/docs/page-files.ts'
import { type CompiledPage, compilePage } from '../../../codegen/docs/read.ts'

/** A page: its operations, and its findings as `line:column severity rule message`. */
export interface ReadPage {
  operations: Operation[]
  notifications: Notification[]
  page: CompiledPage
  findings: string[]
}

/** Reads one page from its text or bytes, under any file name. */
export function read(content: string | Uint8Array, file = 'page.md'): ReadPage {
  const reporter = new Reporter(file)
  const page: CompiledPage = {
    file,
    kind: 'operations',
    operations: [],
    notifications: [],
    findings: reporter.findings,
  }
  const text = decodePage(typeof content === 'string' ? new TextEncoder().encode(content) : content, reporter)
  if (text !== undefined) compilePage(page, text, reporter)
  const findings = page.findings.map((finding) => format(finding).slice(file.length + 1))
  return { operations: page.operations, notifications: page.notifications, page, findings }
}

/** The only operation of a page, which has no findings. */
export function operationOf(content: string, file?: string): Operation {
  const { operations, findings } = read(content, file)
  if (operations.length !== 1 || findings.length > 0)
    throw new Error(`${operations.length} operations; ${findings.join('\n')}`)
  return operations[0]!
}

/** Line and column, from 1, of the first occurrence of `part`, or of the first one after `after`. */
export function placeOf(text: string, part: string, after = ''): string {
  const from = text.indexOf(after)
  const index = text.indexOf(part, from)
  if (index < 0 || from < 0) throw new Error(`no ${part} after ${after}`)
  const lines = text.slice(0, index).split('\n')
  return `${lines.length}:${lines.at(-1)!.length + 1}`
}

/** One line for each field: `  name type`, with `!` when it is required and `>` before embedded fields. */
export function outline(fields: Field[], depth = ''): string[] {
  return fields.flatMap((field) => [
    `${depth}${field.name} ${field.type}${field.array ? '[]' : ''}${field.required ? '!' : ''}`,
    ...outline(field.children, `${depth}  `),
    ...outline(field.embedded ?? [], `${depth}> `),
  ])
}
