import { type DomainExports, emitDocument, emitWhole } from '../emit/emit.ts'
import type { Document } from '../openapi/document.ts'
import { toYaml } from '../spec/yaml.ts'

interface Rendered {
  /** The document that was rendered, as JSON. */
  json: string
  files: [path: string, text: string][]
  exports?: DomainExports
}

/**
 * Turns documents into the files of an output folder.
 * @param documents by name, all that the client is to know
 * @param wanted the names whose own files are asked for; all, if not given
 * @returns text by path
 */
export type Render = (
  documents: ReadonlyMap<string, Document>,
  wanted?: ReadonlySet<string>,
) => Promise<Map<string, string>>

/** Renders on this thread. A document that did not change is not rendered again. */
export class Renderer {
  private readonly rendered = new Map<string, Rendered>()

  readonly render: Render = async (documents, wanted) => {
    for (const [name, document] of documents) {
      const json = JSON.stringify(document)
      if (this.rendered.get(name)?.json !== json) this.emit(name, document, json)
    }
    return this.gather(documents, wanted)
  }

  private emit(name: string, document: Document, json: string): void {
    const { files, exports } = emitDocument(name, document)
    this.rendered.set(name, {
      json,
      files: [
        [`spec/${name}.yaml`, toYaml(document)],
        ...files.map(({ path, text }): [string, string] => [`generated/${path}`, text]),
      ],
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
