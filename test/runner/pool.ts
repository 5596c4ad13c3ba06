import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Shares } from './shares.ts'
import { type Ended, TestProcess } from './test-process.ts'

/** What became of a test file. */
export interface Outcome {
  file: string
  passed: number
  total: number
  skipped: number
  /** What is wrong besides failed tests: follows the file's name in a sentence. */
  faults: string[]
  /** In milliseconds. */
  time: number
  /** What the file wrote to stdout and stderr. */
  output: string
}

export interface PoolOptions {
  workers: number
  /** How long one file may take, in milliseconds. */
  limit: number
  color: boolean
  /** A new process for each file, for files whose shared modules start and stop programs. */
  fresh: boolean
  done(outcome: Outcome): void
}

/**
 * Runs test files in several processes, which are kept from file to file: loading and warming up our modules, ajv and
 * TypeScript for each file takes twice as long as the tests.
 */
export async function runFiles(files: readonly string[], options: PoolOptions): Promise<void> {
  const logs = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-test-'))
  const count = Math.min(Math.ceil(options.workers), files.length)
  const shares = new Shares(files, count)
  try {
    await Promise.all(Array.from({ length: count }, (_, index) => work(index)))
  } finally {
    rmSync(logs, { recursive: true, force: true })
  }

  async function work(index: number): Promise<void> {
    // A file rather than a pipe: all that was written is there when the process has said so, or has crashed.
    const log = openSync(join(logs, `${index}.log`), 'a+')
    let read = 0
    let current: TestProcess | undefined
    for (let file = shares.take(index); file !== undefined; file = shares.take(index)) {
      current ??= new TestProcess(log, options.color)
      const since = performance.now()
      const ended = await current.run(file, options.limit)
      const time = performance.now() - since
      const faults = faultsOf(ended, options.limit)
      // What a file left unfinished must not run as part of the next one.
      if (faults.length > 0) {
        await current.kill()
        current = undefined
      } else if (options.fresh) {
        await current.end()
        current = undefined
      }
      const { size } = fstatSync(log)
      const bytes = Buffer.alloc(size - read)
      readSync(log, bytes, 0, bytes.length, read)
      read = size
      const { passed, total, skipped } = ended.how === 'done' ? ended : { passed: 0, total: 0, skipped: 0 }
      options.done({ file, passed, total, skipped, faults, time, output: bytes.toString('utf8') })
    }
    await current?.end()
    closeSync(log)
  }
}

function faultsOf(ended: Ended, limit: number): string[] {
  if (ended.how === 'late') return [`took longer than ${limit / 1000} s and was stopped`]
  if (ended.how === 'gone') return [`ended its process before its tests were done (${ended.reason})`]
  if (ended.how === 'unloadable') return ['could not be loaded']
  return ended.total === 0 ? ['registered no test: does it end with test.run()?'] : []
}
