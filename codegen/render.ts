import type { Crew } from './crew.ts'
import { type DomainExports, emitDocument, emitWhole } from './emit/emit.ts'
import type { Document } from './openapi/document.ts'
import { toYaml } from './spec/yaml.ts'

interface Rendered {
  /** The document that was rendered, as JSON. */
  json: string
  files: [path: string, text: string][]
  exports?: DomainExports
}

/** Turns documents into the files of an output folder. A document that did not change is not rendered again. */
export class Renderer {
  private readonly rendered = new Map<string, Rendered>()

  /**
   * @param documents by name, all that the client is to know
   * @param wanted the names whose own files are asked for; all, if not given
   * @param crew writes the YAML at the same time
   * @returns text by path
   */
  async render(
    documents: ReadonlyMap<string, Document>,
    wanted?: ReadonlySet<string>,
    crew?: Crew,
  ): Promise<Map<string, string>> {
    const changed = [...documents]
      .map(([name, document]) => ({ name, document, json: JSON.stringify(document) }))
      .filter(({ name, json }) => this.rendered.get(name)?.json !== json)
    const yaml = crew?.yaml(changed.map(({ json }) => json))
    for (const { name, document, json } of changed) this.emit(name, document, json)
    const texts = (await yaml) ?? changed.map(({ document }) => toYaml(document))
    for (const [index, { name }] of changed.entries()) {
      this.rendered.get(name)!.files.unshift([`spec/${name}.yaml`, texts[index]!])
    }
    return this.gather(documents, wanted)
  }

  private emit(name: string, document: Document, json: string): void {
    const { files, exports } = emitDocument(name, document)
    this.rendered.set(name, {
      json,
      files: files.map(({ path, text }) => [`generated/${path}`, text]),
      ...(exports && { exports }),
    })
  }

  private gather(
    documents: ReadonlyMap<string, Document>,
    wanted: ReadonlySet<string> | undefined,
  ): Map<string, string> {
    const files = new Map<string, string>()
    const exported: DomainExports[] = []
    for (const name of documents.keys()) {
      const { files: own, exports } = this.rendered.get(name)!
      if (exports) exported.push(exports)
      if (!wanted || wanted.has(name)) for (const [path, text] of own) files.set(path, text)
    }
    for (const { path, text } of emitWhole(documents, exported)) files.set(`generated/${path}`, text)
    return files
  }
}
