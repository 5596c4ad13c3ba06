import { byPlace, type Diagnostic, Reporter } from './diagnostics.ts'
import { reportHidden } from './hidden-text.ts'
import { type Index, readIndex } from './index-page.ts'
import { type Notification, readNotification } from './notification-page.ts'
import { type Operation, readOperation } from './operation-page.ts'
import { readPage } from './page.ts'
import { decodePage, type FileList, listFiles, readBytes, type SourceFile } from './page-files.ts'

/** A page, its operations or notifications, and its findings. */
export interface CompiledPage {
  file: string
  kind: 'operations' | 'notification' | 'index' | 'moved' | 'v2'
  operations: Operation[]
  notifications: Notification[]
  /** The target of a redirect. */
  moved?: string
  findings: Diagnostic[]
  /** The text of an index page. */
  text?: string
}

/** All pages of a documentation folder, in the order of their paths, and their findings. */
export interface Documentation {
  pages: CompiledPage[]
  index: Index
  findings: Diagnostic[]
}

/** Reads every page of a folder; `docs` may also be a single page. Faults of a page are findings, never exceptions. */
export async function readDocumentation(docs: string): Promise<Documentation> {
  return readListed(await listFiles(docs))
}

/** Pages that were read before. A page depends on nothing but its path and its bytes. */
export interface PageStore {
  find(path: string, bytes: Uint8Array): CompiledPage | undefined
  keep(path: string, bytes: Uint8Array, page: CompiledPage): void
}

/** The same for files that were listed already. Pages that the store knows are not compiled again. */
export function readListed({ files, findings }: FileList, store?: PageStore): Documentation {
  const pages = files.map((file) => readFile(file, store))
  const home = pages.find(({ kind, file }) => kind === 'index' && file.endsWith('openapi/index.md'))
  const index: Index = readIndex(home?.text ?? '')
  return { pages, index, findings: [...findings, ...pages.flatMap((page) => page.findings)].sort(byPlace) }
}

function readFile(file: SourceFile, store: PageStore | undefined): CompiledPage {
  const reporter = new Reporter(file.path)
  const { findings } = reporter
  const page: CompiledPage = {
    file: file.path,
    kind: kindOf(file.path),
    operations: [],
    notifications: [],
    findings,
  }
  if (page.kind === 'v2') return page
  const bytes = readBytes(file, reporter)
  if (!bytes) return page
  const known = store?.find(file.path, bytes)
  if (known) return known
  const text = decodePage(bytes, reporter)
  if (text !== undefined && page.kind === 'index') page.text = text
  else if (text !== undefined) compilePage(page, text, reporter)
  store?.keep(file.path, bytes, page)
  return page
}

/** Reads the text of a page, from `decodePage`, into operations or a notification. */
export function compilePage(page: CompiledPage, text: string, reporter: Reporter): void {
  reportHidden(text, reporter)
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
      const [first] = page.notifications
      if (notification && first)
        reporter.report(
          'operation-duplicate',
          section,
          `the page has a notification already, in line ${first.line}`,
        )
      else if (notification) page.notifications.push(notification)
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
