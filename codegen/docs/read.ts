import { byPlace, type Diagnostic, Reporter } from './diagnostics.ts'
import { listFiles, readText } from './files.ts'
import { type Index, readIndex } from './index-page.ts'
import { type Notification, readNotification } from './notification.ts'
import { type Operation, readOperation } from './operation.ts'
import { readPage } from './page.ts'

/** What became of one page. */
export interface CompiledPage {
  file: string
  kind: 'operations' | 'notification' | 'index' | 'moved' | 'v2'
  operations: Operation[]
  notifications: Notification[]
  /** Where a redirect leads. */
  moved?: string
  findings: Diagnostic[]
}

/** All pages of a documentation folder, in the order of their paths, and what was found in them. */
export interface Documentation {
  pages: CompiledPage[]
  index: Index
  findings: Diagnostic[]
}

/** Reads every page below a folder (or the one page that `docs` is); never throws for what a page holds. */
export async function readDocumentation(docs: string): Promise<Documentation> {
  const { files, findings } = await listFiles(docs)
  const pages: CompiledPage[] = []
  let index: Index = new Map()
  for (const file of files) {
    const page = newPage(file.path)
    pages.push(page)
    if (page.kind === 'v2') continue
    const reporter = new Reporter(file.path)
    page.findings = reporter.findings
    const text = await readText(file, reporter)
    if (text === undefined) continue
    if (file.path.endsWith('openapi/index.md')) index = readIndex(text)
    else if (page.kind !== 'index') compilePage(page, text, reporter)
  }
  return { pages, index, findings: [...findings, ...pages.flatMap((page) => page.findings)].sort(byPlace) }
}

function newPage(file: string): CompiledPage {
  return { file, kind: kindOf(file), operations: [], notifications: [], findings: [] }
}

/** Compiles the text of one page into operations or a notification. */
export function compilePage(page: CompiledPage, text: string, reporter: Reporter): void {
  const { sections, moved } = readPage(text, reporter)
  if (moved !== undefined) {
    page.kind = 'moved'
    page.moved = moved
    reporter.report('page-moved', { line: 1, column: 1 }, `moved to ${moved}`)
    return
  }
  if (reporter.failed) return
  for (const section of sections) {
    if (section.tables.some((table) => table.header === '应答规范')) {
      page.kind = 'notification'
      const notification = readNotification(page.file, section, reporter)
      if (notification) page.notifications.push(notification)
    } else {
      const operation = readOperation(page.file, section, reporter)
      if (operation) page.operations.push(operation)
    }
  }
}

function kindOf(path: string): CompiledPage['kind'] {
  if (/(?:^|\/)(?:openapi|webhook)\/index\.md$/.test(path)) return 'index'
  if (/(?:^|\/)(?:openapi|webhook)\/v2\//.test(path)) return 'v2'
  return /(?:^|\/)webhook\//.test(path) ? 'notification' : 'operations'
}
