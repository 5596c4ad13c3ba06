import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** A request to the second thread: a document as JSON. */
export interface PrintRequest {
  id: number
  json: string
}

/** Its response: the text of the document's models. */
export interface PrintResponse {
  id: number
  models: string
}

interface Waiting {
  resolve(models: string): void
  reject(error: Error): void
}

/** A second thread, which loads TypeScript while the first one reads pages, and then prints models. */
export class SecondThread {
  private worker: Worker | undefined
  private readonly waiting = new Map<number, Waiting>()
  private failure: Error | undefined
  private requests = 0

  /** A second thread, if a processor is free and the work takes longer than the start. */
  static for(pages: number): SecondThread | undefined {
    return pages > 200 && availableParallelism() > 1 ? new SecondThread() : undefined
  }

  /** Starts the thread, unless it was started already. */
  start(): Worker {
    if (this.worker) return this.worker
    this.worker = new Worker(script())
    this.worker.on('message', ({ id, models }: PrintResponse) => {
      this.waiting.get(id)?.resolve(models)
      this.waiting.delete(id)
    })
    this.worker.on('error', (error) => this.fail(error))
    this.worker.on('exit', (code) => this.fail(new Error(`the second thread ended with code ${code}`)))
    return this.worker
  }

  /** Prints the models of a document. */
  readonly printModels = (json: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const worker = this.start()
      if (this.failure) return reject(this.failure)
      const id = this.requests++
      this.waiting.set(id, { resolve, reject })
      worker.postMessage({ id, json } satisfies PrintRequest)
    })

  /** Stops the thread. */
  async stop(): Promise<void> {
    await this.worker?.terminate()
  }

  private fail(error: Error): void {
    this.failure ??= error
    for (const { reject } of this.waiting.values()) reject(this.failure)
    this.waiting.clear()
  }
}

// A thread does not inherit tsx, which is needed to run the sources.
function script(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./worker.js', import.meta.url)
  const source = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}
register()
await import(${JSON.stringify(new URL('./worker.ts', import.meta.url).href)})`
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`)
}
