import type { Clock } from '../clock.ts'

const minute = 60_000

/** Work that is done once for all callers that wait for it at the same time. */
export class Renewal {
  private readonly work: () => Promise<void>
  private readonly clock: Clock
  private started: number | undefined
  private flight: Promise<void> | undefined

  constructor(work: () => Promise<void>, clock: Clock) {
    this.work = work
    this.clock = clock
  }

  /** Whether work is under way, or the last one started at least a minute ago. */
  get allowed(): boolean {
    return this.flight !== undefined || this.rested
  }

  /**
   * Joins the work under way, or starts it. The signal ends the wait of this caller only.
   *
   * @throws what the work throws, or the signal's reason
   */
  async run(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    // Serverless runtimes may freeze the work together with the request that started it: start again after a minute.
    if (!this.flight || this.rested) this.start()
    await unlessAborted(this.flight!, signal)
  }

  private start(): void {
    this.started = this.clock()
    const flight = this.work().finally(() => {
      if (this.flight === flight) this.flight = undefined
    })
    // Nobody may be waiting any more.
    flight.catch(() => {})
    this.flight = flight
  }

  // A clock that was set back must not cause a wait.
  private get rested(): boolean {
    const since = this.clock() - (this.started ?? Number.NEGATIVE_INFINITY)
    return since >= minute || since < 0
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
