import type { Documentation } from '../docs/read.ts'
import { Cache } from './cache.ts'
import { followPages, type PageChange } from './follow-pages.ts'
import { type GenerateOptions, type GenerateResult, planFor, write } from './generate.ts'
import { PageMemory, RenderMemory } from './memory.ts'
import { renderDocuments } from './render.ts'
import { recover } from './transaction.ts'

export interface WatchOptions extends GenerateOptions {
  /** Called after the first run, and after each one that a change caused. */
  onRun: (run: WatchedRun) => void
  /** Ends the watch. */
  signal?: AbortSignal | undefined
}

/** One run of a watch. */
export interface WatchedRun {
  /** The pages that were changed, added or removed; none for the first run. */
  pages: string[]
  result: GenerateResult
  /** From the change, or the start of the first run, to the last file written. */
  milliseconds: number
}

/**
 * Generates, and again whenever a page changes, until the signal is aborted. Only pages that changed are compiled, only
 * documents that changed are rendered, and only files that differ are written.
 * @throws Error when a folder cannot be watched, or a file cannot be written
 */
export async function watch({ onRun, ...options }: WatchOptions): Promise<void> {
  recover(options.out)
  const start = performance.now()
  const cache = options.cache === undefined ? undefined : new Cache(options.cache, options.docs)
  const store = new RenderMemory(cache?.rendered(options.out))
  const run = async (documentation: Documentation, change: PageChange | undefined) => {
    const planned = await planFor(documentation, options, (documents) =>
      renderDocuments(documents, { wanted: options.only, runtime: options.runtime, store }),
    )
    if (!change) cache?.save()
    const result = await write(planned, options)
    const milliseconds = performance.now() - (change?.since ?? start)
    onRun({ pages: change?.files ?? [], result, milliseconds })
  }
  await followPages({ ...options, pages: new PageMemory(cache?.pages), onPages: run })
}
