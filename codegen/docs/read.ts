import { byPlace, type Diagnostic, Reporter } from './diagnostics.ts'
import { listFiles, readText, type SourceFile } from './files.ts'
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
  findings: Diagnostic[]
}

/** Reads every page below a folder (or the one page that `docs` is); never throws for what a page holds. */
export async function readDocumentation(docs: string): Promise<Documentation> {
  const { files, findings } = await listFiles(docs)
  const pages: CompiledPage[] = []
  for (const file of files) {
    const page = await readFile(file)
    if (page) pages.push(page)
  }
  return { pages, findings: [...findings, ...pages.flatMap((page) => page.findings)].sort(byPlace) }
}

async function readFile(file: SourceFile): Promise<CompiledPage | undefined> {
  const kind = kindOf(file.path)
  const reporter = new Reporter(file.path)
  const page: CompiledPage = { file: file.path, kind, operations: [], notifications: [], findings: reporter.findings }
  if (kind === 'index') return page
  if (kind === 'v2') {
    reporter.report('page-v2', { line: 1, column: 1 }, 'an APIv2 page, skipped')
    return page
  }
  const text = await readText(file, reporter)
  if (text !== undefined) compilePage(page, text, reporter)
  return page
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
