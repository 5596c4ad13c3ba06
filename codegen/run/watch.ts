import { relative, sep } from 'node:path'
import chokidar from 'chokidar'
import { byPlace, type Diagnostic } from '../docs/diagnostics.ts'
import { type Documentation, readDocumentation, readOne } from '../docs/read.ts'
import { type GenerateResult, type PlanOptions, planFor, write } from './generate.ts'
import { Renderer } from './render.ts'
import { recover } from './transaction.ts'

export interface WatchOptions extends PlanOptions {
  docs: string
  /** Told of the first run, and of each one after a page was saved. */
  told: (change: WatchedChange) => void
}

/** What a saved page did. */
export interface WatchedChange {
  /** The pages that were saved, added or removed; none for the first run. */
  pages: string[]
  result: GenerateResult
  /** From the event to the last file written. */
  milliseconds: number
}

/** Pages saved within this time are compiled together: editors write a file in several steps. */
const settle = 20

/**
 * Generates, then again whenever a page is saved. Only the saved page is read anew, only documents that changed are
 * rendered, only files that differ are written.
 * @returns a function that stops watching
 */
export async function watch({ docs, told, ...options }: WatchOptions): Promise<() => Promise<void>> {
  recover(options.out)
  const renderer = new Renderer()
  let documentation = await readDocumentation(docs)
  const run = async (pages: string[], since: number) => {
    const result = await write(await planFor(documentation, options, renderer.render), options)
    told({ pages, result, milliseconds: performance.now() - since })
  }
  await run([], performance.now())

  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  const work = async () => {
    const since = performance.now()
    const paths = [...waiting].sort()
    waiting.clear()
    for (const path of paths) documentation = await replace(documentation, docs, path)
    await run(paths, since)
  }
  const watcher = chokidar.watch(docs, { ignoreInitial: true, followSymlinks: false })
  watcher.on('all', (_event, path) => {
    if (!path.endsWith('.md')) return
    waiting.add(relative(docs, path).split(sep).join('/'))
    clearTimeout(timer)
    timer = setTimeout(() => {
      working = working.then(work)
    }, settle)
  })
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  return async () => {
    clearTimeout(timer)
    await watcher.close()
    await working
  }
}

// The index page is read by all others' operations: it is read with all of them.
async function replace(before: Documentation, docs: string, path: string): Promise<Documentation> {
  if (path === '' || path.endsWith('index.md')) return readDocumentation(docs)
  const page = await readOne(docs, path)
  const pages = before.pages.filter(({ file }) => file !== path)
  if (page) pages.push(page)
  pages.sort((a, b) => (a.file < b.file ? -1 : 1))
  const others = before.findings.filter(({ file }: Diagnostic) => file !== path)
  return { ...before, pages, findings: [...others, ...(page?.findings ?? [])].sort(byPlace) }
}
