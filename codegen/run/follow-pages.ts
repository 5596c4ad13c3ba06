import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { byCodeUnit } from '../by-code-unit.ts'
import { listFiles } from '../docs/page-files.ts'
import { type Documentation, type PageStore, readListed } from '../docs/read.ts'
import { FolderWatcher } from './watch-folders.ts'

export interface FollowOptions {
  /** The documentation folder, or one page. */
  docs: string
  /** Keeps pages from one reading to the next. */
  pages: PageStore
  /** Called with the pages at first, and whenever they are others than the last time. */
  onPages: (documentation: Documentation, change: PageChange | undefined) => Promise<void>
  /** Ends it. */
  signal?: AbortSignal | undefined
}

/** How pages changed. */
export interface PageChange {
  /** The files that were changed, added or removed. */
  files: string[]
  /** When it was noticed, by `performance.now()`. */
  since: number
}

/** Changes within this time are taken together: editors write a file in several steps. */
const settle = 20

/**
 * Reads pages, and again whenever one changes, until the signal is aborted. The bytes of all pages are read each time,
 * which takes a twentieth of a second for all of them.
 *
 * No change is lost, not even while `onPages` works: every folder is watched before it is read, and after each call
 * the pages are read again, until they are those of the last call.
 * @throws Error when a folder cannot be watched, and whatever `onPages` throws
 */
export async function followPages({ docs, pages, onPages, signal }: FollowOptions): Promise<void> {
  const folders = new FolderWatcher()
  let last: Documentation | undefined
  let since = performance.now()
  try {
    while (!signal?.aborted) {
      folders.begin()
      const listed = await listFiles(docs, folders.visit)
      folders.end()
      const documentation = readListed(listed, pages)
      const files = last && changedFiles(last, documentation)
      if (files?.length === 0) {
        since = (await folders.changed(signal)) ?? since
        await sleep(settle)
        continue
      }
      await onPages(documentation, files && { files, since })
      last = documentation
      since = performance.now()
    }
  } finally {
    folders.close()
  }
}

/** The files whose pages differ, and those of findings that only one of the two has. */
function changedFiles(before: Documentation, after: Documentation): string[] {
  const [old, now] = [before, after].map(byFile)
  const files = new Set([...old!.keys(), ...now!.keys()])
  return [...files].filter((file) => !isDeepStrictEqual(old!.get(file), now!.get(file))).sort(byCodeUnit)
}

function byFile({ pages, findings }: Documentation): Map<string, unknown[]> {
  const files = new Map<string, unknown[]>(pages.map((page) => [page.file, [page]]))
  for (const finding of findings) {
    const own = files.get(finding.file)
    if (own) own.push(finding)
    else files.set(finding.file, [finding])
  }
  return files
}
