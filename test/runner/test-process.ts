import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Report, Request } from './worker.ts'

/** How a file came to its end in a process. */
export type Ended = Report | { how: 'late' } | { how: 'gone'; reason: string }

const running = new Set<TestProcess>()
process.on('exit', () => {
  for (const one of running) one.signal()
})
for (const [signal, number] of [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const)
  process.on(signal, () => process.exit(128 + number))

/** A process that runs test files one after another. */
export class TestProcess {
  readonly #child: ChildProcess
  readonly #closed: Promise<unknown[]>

  /** Its stdout and stderr go to the file descriptor. */
  constructor(log: number, color: boolean) {
    this.#child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), color ? ['color'] : [], {
      stdio: ['ignore', log, log, 'ipc'],
      // Young objects of a compiler outlive the default of 16 MB, and are copied again and again.
      execArgv: [...process.execArgv, '--max-semi-space-size=16'],
      // A process group of its own, so that what its tests started is stopped with it.
      detached: process.platform !== 'win32',
    })
    // Unlike 'exit', it comes after the last message.
    this.#closed = once(this.#child, 'close')
    running.add(this)
  }

  /** Runs a file, for as long as the limit in milliseconds. */
  async run(file: string, limit: number): Promise<Ended> {
    const over = new AbortController()
    const { signal } = over
    try {
      this.#send({ file })
      return await Promise.race([
        once(this.#child, 'message', { signal }).then(([report]) => report as Report),
        this.#closed.then(([code, name]) => ({
          how: 'gone' as const,
          reason: `${name ?? `exit code ${code}`}`,
        })),
        new Promise<Ended>((resolve) => {
          const timer = setTimeout(() => resolve({ how: 'late' }), limit)
          signal.addEventListener('abort', () => clearTimeout(timer))
        }),
      ])
    } finally {
      over.abort()
    }
  }

  /** Lets it end by itself, so that coverage and profiles are written, and stops what it left running. */
  async end(): Promise<void> {
    this.#send({ end: true })
    const timer = setTimeout(() => this.signal(), 5000)
    await this.#closed
    clearTimeout(timer)
    await this.kill()
  }

  /** Stops it, whatever it does. */
  async kill(): Promise<void> {
    this.signal()
    await this.#closed
    running.delete(this)
  }

  // One that has ended cannot be sent to, and says so elsewhere.
  #send(request: Request): void {
    this.#child.send(request, () => {})
  }

  signal(): void {
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL')
      else process.kill(-this.#child.pid!, 'SIGKILL')
    } catch {
      // It has ended, and so has all that it started.
    }
  }
}
