import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Report, Request } from './worker.ts'

/** How a file came to its end in a process. */
export type Ended = Report | { how: 'late' } | { how: 'gone'; reason: string }

/** How long a process may take to start, in milliseconds. */
const startLimit = 60_000

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
  readonly #ready: Promise<unknown[]>
  readonly #closed: Promise<unknown[]>

  /** Its stdout and stderr go to the file descriptor. */
  constructor(log: number, color: boolean) {
    this.#child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), color ? ['color'] : [], {
      stdio: ['ignore', log, log, 'ipc'],
      // A process group of its own, so that what its tests started is stopped with it.
      detached: process.platform !== 'win32',
    })
    this.#ready = once(this.#child, 'message')
    // Unlike 'exit', it comes after the last message.
    this.#closed = once(this.#child, 'close')
    running.add(this)
  }

  /** Runs a file, for as long as the limit in milliseconds. */
  async run(file: string, limit: number): Promise<Ended> {
    const ready = await this.#within(startLimit, this.#ready)
    if (!Array.isArray(ready)) return ready
    const report = once(this.#child, 'message')
    this.#send({ file })
    const done = await this.#within(limit, report)
    return Array.isArray(done) ? (done[0] as Report) : done
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

  /** Stops it without waiting for its end. */
  signal(): void {
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL')
      else process.kill(-this.#child.pid!, 'SIGKILL')
    } catch {
      // It has ended, and so has all that it started.
    }
  }

  // One that has ended cannot be sent to, and says so elsewhere.
  #send(request: Request): void {
    this.#child.send(request, () => {})
  }

  async #within<T>(limit: number, awaited: Promise<T>): Promise<T | Ended> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Ended>((resolve) => {
      timer = setTimeout(() => resolve({ how: 'late' }), limit)
    })
    const gone = this.#closed.then(([code, signal]): Ended => {
      return { how: 'gone', reason: signal === null ? `exit code ${code}` : `${signal}` }
    })
    try {
      return await Promise.race([awaited, gone, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
