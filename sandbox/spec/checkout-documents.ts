import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CORE_SCHEMA, load } from 'js-yaml'
import type { DocumentSource } from './packed-documents.ts'

const folder = new URL('../../spec/', import.meta.url)
const parsed = new Map<string, object>()

/** Reads the YAML documents of a checkout. In the package, `packed-documents.ts` takes the place of this module. */
export function openDocuments(): DocumentSource {
  const files = readdirSync(fileURLToPath(folder)).filter((file) => file.endsWith('.yaml'))
  return {
    names: files.map((file) => file.slice(0, -'.yaml'.length)),
    read(name) {
      // Parsing takes long, so each document is parsed once. Each caller gets a copy that it may change.
      const document = parsed.get(name) ?? (load(text(name), { schema: CORE_SCHEMA }) as object)
      parsed.set(name, document)
      return structuredClone(document)
    },
  }
}

function text(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, folder), 'utf8')
}
