import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { SourceFile } from './docs/files.ts'
import type { CompiledPage } from './docs/read.ts'

/** What the other thread is asked for: pages to read, or documents (as JSON) to write as YAML. */
export type Order = { read: SourceFile[] } | { yaml: string[] }

/** What it answers. */
export interface Answer {
  pages?: CompiledPage[]
  yaml?: string[]
}

// From the sources, the other thread needs tsx of its own: it does not inherit this one's.
function script(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./worker.js', import.meta.url)
  const source = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}
register()
await import(${JSON.stringify(new URL('./worker.ts', import.meta.url).href)})`
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`)
}

/** A second thread, for a machine that has one to spare. One order at a time. */
export class Crew {
  private readonly worker: Worker

  constructor() {
    this.worker = new Worker(script())
    this.worker.unref()
  }

  /** A crew, where two threads are faster than one. */
  static gather(): Crew | undefined {
    return availableParallelism() > 1 ? new Crew() : undefined
  }

  /** Reads pages. */
  readonly read = async (files: SourceFile[]): Promise<CompiledPage[]> => {
    return (await this.order({ read: files })).pages ?? []
  }

  /** Writes documents, given as JSON, as YAML. */
  readonly yaml = async (documents: string[]): Promise<string[]> => {
    return (await this.order({ yaml: documents })).yaml ?? []
  }

  /** Sends it home. */
  async dismiss(): Promise<void> {
    await this.worker.terminate()
  }

  private order(order: Order): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.worker.ref()
      this.worker.once('error', reject)
      this.worker.once('message', (answer: Answer) => {
        this.worker.removeListener('error', reject)
        this.worker.unref()
        resolve(answer)
      })
      this.worker.postMessage(order)
    })
  }
}
