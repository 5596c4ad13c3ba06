import { setImmediate } from 'node:timers/promises'
import { compare } from '../order.ts'
import { byPlace, type Diagnostic, Reporter } from './diagnostics.ts'
import { findFile, listFiles, readText, type SourceFile } from './files.ts'
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
  /** What an index page says. */
  text?: string
}

/** All pages of a documentation folder, in the order of their paths, and what was found in them. */
export interface Documentation {
  pages: CompiledPage[]
  index: Index
  findings: Diagnostic[]
}

/**
 * Reads every page below a folder (or the one page that `docs` is); never throws for what a page holds.
 * @param elsewhere reads a share of the pages at the same time, on another thread
 * @param ready what this thread does before it takes its own share
 */
export async function readDocumentation(
  docs: string,
  elsewhere?: (files: SourceFile[]) => Promise<CompiledPage[]>,
  ready?: Promise<unknown>,
): Promise<Documentation> {
  const { files, findings } = await listFiles(docs)
  const waiting = [...files]
  const pages: CompiledPage[] = []
  // Whoever is done takes the next few.
  const work = async (read: (some: SourceFile[]) => CompiledPage[] | Promise<CompiledPage[]>) => {
    while (waiting.length > 0) {
      pages.push(...(await read(waiting.splice(0, batch))))
      // The other thread's answer wants to be heard.
      await setImmediate()
    }
  }
  const here = async () => {
    await ready
    await work(readFiles)
  }
  await Promise.all([elsewhere && work(elsewhere), here()])
  pages.sort((a, b) => compare(a.file, b.file))
  const home = pages.find(({ kind, file }) => kind === 'index' && file.endsWith('openapi/index.md'))
  const index: Index = readIndex(home?.text ?? '')
  return { pages, index, findings: [...findings, ...pages.flatMap((page) => page.findings)].sort(byPlace) }
}

const batch = 40

/** Reads pages one after the other. */
export function readFiles(files: SourceFile[]): CompiledPage[] {
  return files.map(readFile)
}

/** Reads one page below a documentation folder anew; undefined when the folder does not have it any more. */
export async function readOne(docs: string, path: string): Promise<CompiledPage | undefined> {
  const file = await findFile(docs, path)
  return file && readFile(file)
}

function readFile(file: SourceFile): CompiledPage {
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
  const text = readText(file, reporter)
  if (text === undefined) return page
  if (page.kind === 'index') page.text = text
  else compilePage(page, text, reporter)
  return page
}

/** Compiles the text of one page, as `decodePage` gives it, into operations or a notification. */
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
      const [first] = page.notifications
      if (notification && first)
        reporter.report('operation-duplicate', section, `the notification of line ${first.line} already`)
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
