import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'

/**
 * Notices changes in folders. Whoever calls {@link visit} with a folder before reading it misses nothing: a change
 * that the reading does not see ends the next {@link changed}. What changed is not reported; reading again shows it.
 */
export class FolderWatcher {
  private readonly watchers = new Map<string, FSWatcher>()
  private visited = new Set<string>()
  private since: number | undefined
  private failure: Error | undefined
  private wake: (() => void) | undefined

  /** Forgets the changes until now. Everything that follows is a change, once its folder was visited. */
  begin(): void {
    this.visited = new Set()
    this.since = undefined
  }

  /** Watches a folder. Of a file, its folder is watched, and of a path that does not exist, the nearest one above. */
  readonly visit = (path: string): void => {
    const folder = nearestFolder(resolve(path))
    this.visited.add(folder)
    if (this.watchers.has(folder)) return
    try {
      const watcher = watch(folder, (event, name) => {
        if (event === 'rename') this.release(folder, name)
        this.notice()
      })
      watcher.on('error', () => {
        this.forget(folder)
        this.notice()
      })
      this.watchers.set(folder, watcher)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The folder was removed meanwhile, which is a change.
      if (code === 'ENOENT' || code === 'ENOTDIR') this.notice()
      // A folder that may not be read is watched from above. Any other error, such as too many watchers, hides changes.
      else if (code !== 'EACCES' && code !== 'EPERM') this.failure ??= error as Error
    }
  }

  /** Stops to watch the folders that were not visited since {@link begin}. */
  end(): void {
    for (const folder of this.watchers.keys()) if (!this.visited.has(folder)) this.forget(folder)
  }

  /**
   * Waits for a change since {@link begin}.
   * @returns when it was noticed, by `performance.now()`; or undefined when the signal was aborted
   * @throws Error when a folder cannot be watched
   */
  async changed(signal: AbortSignal | undefined): Promise<number | undefined> {
    if (this.since === undefined && !this.failure && !signal?.aborted) {
      await new Promise<void>((done) => {
        this.wake = done
        signal?.addEventListener('abort', this.wake, { once: true })
      })
      if (this.wake) signal?.removeEventListener('abort', this.wake)
      this.wake = undefined
    }
    if (this.failure) throw this.failure
    return signal?.aborted ? undefined : this.since
  }

  /** Stops to watch. */
  close(): void {
    for (const folder of this.watchers.keys()) this.forget(folder)
  }

  private notice(): void {
    this.since ??= performance.now()
    this.wake?.()
  }

  // A folder that was renamed or removed is watched no longer, even if there is a new one by its name. A folder that
  // was removed itself reports its own name.
  private release(folder: string, name: string | null): void {
    const gone = name === null ? folder : join(folder, name)
    for (const watched of this.watchers.keys()) {
      const below = watched === gone || watched.startsWith(gone + sep)
      if (below || (watched === folder && name === basename(folder))) this.forget(watched)
    }
  }

  private forget(folder: string): void {
    this.watchers.get(folder)?.close()
    this.watchers.delete(folder)
  }
}

function nearestFolder(path: string): string {
  const parent = dirname(path)
  return parent === path || isFolder(path) ? path : nearestFolder(parent)
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
