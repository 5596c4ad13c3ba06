import type { CompiledPage, PageStore } from '../docs/read.ts'
import type { Rendered, RenderStore } from './render.ts'

/** Keeps pages in memory with their bytes, from one look at the folder to the next. */
export class PageMemory implements PageStore {
  private readonly pages = new Map<string, { bytes: Uint8Array; page: CompiledPage }>()
  private readonly fallback: PageStore | undefined

  /** @param fallback asked for pages that are not in memory */
  constructor(fallback?: PageStore) {
    this.fallback = fallback
  }

  find(path: string, bytes: Uint8Array): CompiledPage | undefined {
    const known = this.pages.get(path)
    if (known && Buffer.compare(known.bytes, bytes) === 0) return known.page
    const page = this.fallback?.find(path, bytes)
    if (page) this.pages.set(path, { bytes, page })
    return page
  }

  keep(path: string, bytes: Uint8Array, page: CompiledPage): void {
    this.pages.set(path, { bytes, page })
    this.fallback?.keep(path, bytes, page)
  }
}

/** Keeps the last rendering of each document in memory. */
export class RenderMemory implements RenderStore {
  private readonly documents = new Map<string, { json: string; rendered: Rendered }>()
  private readonly fallback: RenderStore | undefined

  /** @param fallback asked for documents that are not in memory */
  constructor(fallback?: RenderStore) {
    this.fallback = fallback
  }

  find(name: string, json: string): Rendered | undefined {
    const known = this.documents.get(name)
    if (known?.json === json) return known.rendered
    const rendered = this.fallback?.find(name, json)
    if (rendered) this.documents.set(name, { json, rendered })
    return rendered
  }

  keep(name: string, json: string, rendered: Rendered): void {
    this.documents.set(name, { json, rendered })
    this.fallback?.keep(name, json, rendered)
  }
}
