import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { byCodeUnit } from '../../by-code-unit.ts'
import type { Document } from '../../openapi/document.ts'
import { blobsOf, commitOf, textsOf } from './git.ts'
import { DiffInputError } from './input-error.ts'
import { largestFile, parseDocument } from './parse.ts'

/** The text of a document and the name of its file. */
export interface Source {
  file: string
  text: string
}

/** One side of a comparison. */
export interface LoadedSide {
  /** The name of the side as it was given: `main`, `spec`, `v1.2.0`. */
  label: string
  documents: ReadonlyMap<string, Document>
  /** By domain; documents that were compiled from pages have none. */
  sources: ReadonlyMap<string, Source>
}

interface SideOptions {
  cwd?: string
  /** Compiles a folder of Markdown pages. */
  compilePages?: (folder: string) => Promise<ReadonlyMap<string, Document>>
}

/** The folder of the documents in a revision. */
const specFolder = 'spec'

/**
 * Reads one side of a comparison.
 *
 *     await loadSide('HEAD~3:spec')
 *
 * @param spec a file, a folder of documents, a folder of pages, or a git revision with or without `:path`
 * @throws DiffInputError
 */
export async function loadSide(spec: string, options: SideOptions = {}): Promise<LoadedSide> {
  return parsed(await readSide(spec, options))
}

/**
 * Reads both sides of a comparison. Documents with the same text on both sides are omitted from both.
 * @param before may be a range, `v1.2.0..main`
 * @param after by default the end of the range, or the documents of the working tree
 * @throws DiffInputError
 */
export async function loadSides(
  before: string,
  after: string | undefined,
  options: SideOptions = {},
): Promise<{ before: LoadedSide; after: LoadedSide }> {
  const [, base = before, range] = /^(.+?)\.\.(?!\.)([^/]*)$/.exec(before) ?? []
  const other = after ?? (range || specFolder)
  const [old, now] = await Promise.all([readSide(base, options), readSide(other, options)])
  const single = old.sources.size === 1 && now.sources.size === 1
  for (const [name, { text }] of single ? [] : [...old.sources])
    if (now.sources.get(name)?.text === text) {
      old.sources.delete(name)
      now.sources.delete(name)
    }
  return { before: parsed(old), after: parsed(now) }
}

interface Unparsed {
  label: string
  sources: Map<string, Source>
  /** From pages. */
  compiled?: ReadonlyMap<string, Document>
}

function parsed({ label, sources, compiled }: Unparsed): LoadedSide {
  const documents =
    compiled ?? new Map([...sources].map(([name, { file, text }]) => [name, parseDocument(text, file)]))
  return { label, documents, sources }
}

async function readSide(spec: string, options: SideOptions): Promise<Unparsed> {
  const cwd = options.cwd ?? process.cwd()
  const path = resolve(cwd, spec)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return { label: spec, sources: new Map([await fileSource(path, cwd)]) }
  if (found?.isDirectory()) return readFolder(spec, path, cwd, options)
  if (looksLikePath(spec))
    throw new DiffInputError(
      'ERR_DIFF_MISSING',
      `${spec} does not exist: give a file, a folder or a git revision`,
    )
  return readRevision(spec, cwd)
}

// `main` may be a revision; a name that ends like a document or begins like a path is not.
function looksLikePath(spec: string): boolean {
  return !spec.includes(':') && (/\.(ya?ml|json)$/.test(spec) || /^(\.{0,2}\/|~\/)/.test(spec) || spec === '')
}

async function readFolder(label: string, path: string, cwd: string, options: SideOptions): Promise<Unparsed> {
  const names = (await readdir(path)).filter(isDocumentName).sort(byCodeUnit)
  const sources: [string, Source][] = []
  for (const name of names) {
    const one = await fileSource(join(path, name), cwd)
    if (looksLikeOpenApi(one[1].text)) sources.push(one)
  }
  if (sources.length > 0) return { label, sources: new Map(sources) }
  const inner = await stat(join(path, specFolder)).catch(() => undefined)
  if (inner?.isDirectory()) return readFolder(label, join(path, specFolder), cwd, options)
  if (!(await hasPages(path)))
    throw new DiffInputError(
      'ERR_DIFF_EMPTY',
      `${label} contains neither OpenAPI documents nor Markdown pages`,
    )
  if (!options.compilePages)
    throw new DiffInputError(
      'ERR_DIFF_PAGES',
      `${label} contains pages, which cannot be compiled here: give a folder of documents`,
    )
  return { label, sources: new Map(), compiled: await options.compilePages(path) }
}

async function hasPages(path: string): Promise<boolean> {
  const entries = await readdir(path, { recursive: true })
  return entries.some((name) => name.endsWith('.md') && !name.split(sep).includes('node_modules'))
}

async function fileSource(path: string, cwd: string): Promise<[string, Source]> {
  const file = relative(cwd, path).split(sep).join('/')
  const { size } = await stat(path)
  checkSize(size, file)
  return [nameOf(path), { file, text: await readFile(path, 'utf8') }]
}

async function readRevision(spec: string, cwd: string): Promise<Unparsed> {
  const colon = spec.indexOf(':')
  const revision = colon < 0 ? spec : spec.slice(0, colon)
  const path = (colon < 0 ? specFolder : spec.slice(colon + 1)).replace(/^\.\/|\/+$/g, '') || '.'
  const commit = await commitOf(revision, cwd)
  const blobs = await blobsOf(commit, path === '.' ? './' : path, cwd)
  const wanted = blobs.filter(({ name }) => blobs.length === 1 || isDocumentName(name))
  for (const { name, size } of wanted) checkSize(size, `${revision}:${name}`)
  const texts = await textsOf(wanted, cwd)
  const sources = wanted.flatMap(({ name }, index): [string, Source][] => {
    const text = texts[index]!
    const single = blobs.length === 1
    return single || looksLikeOpenApi(text) ? [[nameOf(name), { file: `${revision}:${name}`, text }]] : []
  })
  if (sources.length === 0)
    throw new DiffInputError('ERR_DIFF_EMPTY', `${revision}:${path} contains no OpenAPI documents`)
  return { label: spec, sources: new Map(sources) }
}

function isDocumentName(name: string): boolean {
  return /\.(ya?ml|json)$/.test(name)
}

// A document with a merge conflict counts, so that the conflict is reported.
function looksLikeOpenApi(text: string): boolean {
  return /^\s*\{?\s*["']?openapi["']?\s*:|^<{7} /m.test(text)
}

function nameOf(path: string): string {
  return basename(path).replace(/\.(ya?ml|json)$/, '')
}

function checkSize(size: number, file: string): void {
  if (size <= largestFile) return
  const limit = largestFile / 1024 / 1024
  throw new DiffInputError(
    'ERR_DIFF_TOO_LARGE',
    `${file} has ${Math.ceil(size / 1024 / 1024)} MiB, but the limit is ${limit} MiB: split it by domain`,
  )
}
