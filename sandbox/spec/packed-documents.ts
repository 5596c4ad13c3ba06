import { readFileSync } from 'node:fs'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** A set of OpenAPI documents. */
export interface DocumentSource {
  names: readonly string[]
  /** A new copy of a document. */
  read(name: string): object
}

/**
 * Reads `spec.json.br` of the package, which is beside the bundled code.
 *
 * @public The build bundles this module in place of `checkout-documents.ts`.
 */
export function openDocuments(): DocumentSource {
  return unpackDocuments(readFileSync(new URL('./spec.json.br', import.meta.url)))
}

/**
 * Packs all documents into one file, which compresses to a third of what they take one by one. It has two lines for
 * each document, the name and the JSON, so that a reader parses only the documents it needs.
 */
export function packDocuments(documents: ReadonlyMap<string, object>): Buffer {
  const entries = [...documents].map(([name, document]) => `${name}\n${JSON.stringify(document)}\n`)
  const bytes = Buffer.from(entries.join(''))
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return brotliCompressSync(bytes, { params })
}

/** Reads what {@link packDocuments} wrote. */
export function unpackDocuments(packed: Buffer): DocumentSource {
  const lines = brotliDecompressSync(packed).toString('utf8').split('\n')
  const texts = new Map<string, string>()
  for (let at = 0; at + 1 < lines.length; at += 2) texts.set(lines[at]!, lines[at + 1]!)
  return { names: [...texts.keys()], read: (name) => JSON.parse(texts.get(name)!) }
}
