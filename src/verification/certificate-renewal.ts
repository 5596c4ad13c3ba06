import type { Clock } from '../clock.ts'

const minute = 60_000

/** Work that several callers want done at once, and that is done once for them all. */
export class Renewal {
  private readonly work: () => Promise<void>
  private readonly clock: Clock
  private started: number | undefined
  private flight: Promise<void> | undefined

  constructor(work: () => Promise<void>, clock: Clock) {
    this.work = work
    this.clock = clock
  }

  /** Is there one to join, or was the last one started a minute ago or more? */
  get allowed(): boolean {
    return this.flight !== undefined || this.rested
  }

  /**
   * Joins the work under way, or starts it. The signal ends the caller's wait alone: others go on waiting.
   *
   * @throws what the work throws, or the signal's reason
   */
  async run(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    // Where a runtime froze the work with the request that started it, nobody shall wait for it for ever.
    if (!this.flight || this.rested) this.start()
    await unlessAborted(this.flight!, signal)
  }

  private start(): void {
    this.started = this.clock()
    const flight = this.work().finally(() => {
      if (this.flight === flight) this.flight = undefined
    })
    // All who waited may have gone.
    flight.catch(() => {})
    this.flight = flight
  }

  // A clock that was set back is no reason to wait.
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
