import { type DomainExports, emitDocument, emitWhole } from '../emit/emit.ts'
import type { Document } from '../openapi/document.ts'
import { toYaml } from '../spec/yaml.ts'

/** The files of one document by their paths below the output folder, and the names that they export. */
export interface Rendered {
  files: [path: string, text: string][]
  exports?: DomainExports
}

/** What was rendered before, by the name of a document and its JSON. */
export interface RenderStore {
  find(name: string, json: string): Rendered | undefined
  keep(name: string, json: string, rendered: Rendered): void
}

/** Prints the models of a document, which may happen on another thread. */
type PrintModels = (json: string) => Promise<string>

/** How to render documents. */
export interface RenderOptions {
  /** The names whose own files are asked for; all, if not given. */
  wanted?: ReadonlySet<string> | undefined
  /** The module of the runtime, as `generated/runtime.ts` imports it. */
  runtime?: string | undefined
  printModels?: PrintModels | undefined
  store?: RenderStore | undefined
}

/**
 * Turns documents into the files of an output folder.
 * @param documents by name, all that the client covers
 * @returns text by path
 */
export async function renderDocuments(
  documents: ReadonlyMap<string, Document>,
  { wanted, runtime = 'wechatpay-fetch/runtime', printModels, store }: RenderOptions = {},
): Promise<Map<string, string>> {
  const rendered = await Promise.all(
    [...documents].map(async ([name, document]): Promise<[string, Rendered]> => {
      const json = JSON.stringify(document)
      const known = store?.find(name, json)
      if (known) return [name, known]
      // Asked for first: while the other thread prints models, this one writes YAML.
      const models = printModels?.(json)
      const yaml = toYaml(document)
      const { files, exports } = emitDocument(name, document, await models)
      const own: Rendered = {
        files: [
          [`spec/${name}.yaml`, yaml],
          ...files.map(({ path, text }): [string, string] => [`generated/${path}`, text]),
        ],
        ...(exports && { exports }),
      }
      store?.keep(name, json, own)
      return [name, own]
    }),
  )
  const files = new Map<string, string>()
  for (const [name, own] of rendered) {
    if (!wanted || wanted.has(name)) for (const [path, text] of own.files) files.set(path, text)
  }
  const exported = rendered.flatMap(([, { exports }]) => exports ?? [])
  for (const { path, text } of emitWhole(exported, runtime)) files.set(`generated/${path}`, text)
  return files
}
