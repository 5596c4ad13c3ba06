import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { GeneratedFile } from '../emit/emit.ts'
import { toYaml } from '../spec/yaml.ts'
import type { Render } from './render.ts'

/** Documents by name, as JSON, whose TypeScript the other thread is asked for. */
export type Order = [name: string, json: string][]

/** What it answers: the files of each document, and those of all together. */
export interface Emitted {
  own: [name: string, files: GeneratedFile[]][]
  whole: GeneratedFile[]
}

/**
 * A second thread. It loads TypeScript while pages are read, and makes types while YAML is written. Sharing out the
 * pages as well does not pay: two threads that both read are no faster than one.
 */
export class Crew {
  private readonly worker = new Worker(script())

  /** A crew, where the work is worth it and a core is free. */
  static gather(pages: number): Crew | undefined {
    return pages > 200 && availableParallelism() > 1 ? new Crew() : undefined
  }

  /** Turns documents into files, on both threads. */
  readonly render: Render = async (documents, wanted) => {
    const order: Order = [...documents].map(([name, document]) => [name, JSON.stringify(document)])
    const answer = this.ask(order)
    const files = new Map<string, string>()
    for (const [name, document] of documents) {
      if (!wanted || wanted.has(name)) files.set(`spec/${name}.yaml`, toYaml(document))
    }
    const { own, whole } = await answer
    for (const [name, emitted] of own) {
      if (!wanted || wanted.has(name))
        for (const { path, text } of emitted) files.set(`generated/${path}`, text)
    }
    for (const { path, text } of whole) files.set(`generated/${path}`, text)
    return files
  }

  /** Sends it home. */
  async dismiss(): Promise<void> {
    await this.worker.terminate()
  }

  private ask(order: Order): Promise<Emitted> {
    return new Promise((resolve, reject) => {
      this.worker.once('error', reject).once('message', resolve).postMessage(order)
    })
  }
}

// From the sources, the other thread needs tsx of its own: it does not inherit this one's.
function script(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./worker.js', import.meta.url)
  const source = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}
register()
await import(${JSON.stringify(new URL('./worker.ts', import.meta.url).href)})`
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`)
}
