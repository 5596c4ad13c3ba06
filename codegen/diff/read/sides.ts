import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { byCodeUnit } from '../../by-code-unit.ts'
import type { Document } from '../../openapi/document.ts'
import { blobsOf, commitOf, textsOf } from './git.ts'
import { DiffInputError } from './input-error.ts'
import { largestFile, parseDocument } from './parse.ts'

/** The text of a document, with its file as people know it. */
export interface Source {
  file: string
  text: string
}

/** One side of a comparison. */
export interface LoadedSide {
  /** What the side was called: `main`, `spec`, `v1.2.0`. */
  label: string
  documents: ReadonlyMap<string, Document>
  /** By the name of the document; without those that were compiled from pages. */
  sources: ReadonlyMap<string, Source>
}

export interface SideOptions {
  cwd?: string
  /** Compiles a folder of Markdown pages. */
  compilePages?: (folder: string) => Promise<ReadonlyMap<string, Document>>
}

/** Where the documents stand in a revision. */
const usualFolder = 'spec'

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
 * Reads both sides of a comparison; documents with the same text on both are left out of both.
 * @param after absent, or with `v1.2.0..` as the first: the documents of the working tree
 * @throws DiffInputError
 */
export async function loadSides(
  before: string,
  after: string | undefined,
  options: SideOptions = {},
): Promise<{ before: LoadedSide; after: LoadedSide }> {
  const [, base = before, range] = /^(.+?)\.\.(?!\.)([^/]*)$/.exec(before) ?? []
  const other = after ?? (range || usualFolder)
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
  /** Of pages. */
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

// `main` may be a branch; what ends like a document or begins like a path is none.
function looksLikePath(spec: string): boolean {
  return !spec.includes(':') && (/\.(ya?ml|json)$/.test(spec) || /^(\.{0,2}\/|~\/)/.test(spec) || spec === '')
}

async function readFolder(label: string, path: string, cwd: string, options: SideOptions): Promise<Unparsed> {
  const names = (await readdir(path)).filter(isDocumentName).sort(byCodeUnit)
  const sources: [string, Source][] = []
  for (const name of names) {
    const one = await fileSource(join(path, name), cwd)
    if (saysOpenApi(one[1].text)) sources.push(one)
  }
  if (sources.length > 0) return { label, sources: new Map(sources) }
  const below = await stat(join(path, usualFolder)).catch(() => undefined)
  if (below?.isDirectory()) return readFolder(label, join(path, usualFolder), cwd, options)
  if (!(await hasPages(path)))
    throw new DiffInputError('ERR_DIFF_EMPTY', `${label} holds neither OpenAPI documents nor Markdown pages`)
  if (!options.compilePages)
    throw new DiffInputError('ERR_DIFF_PAGES', `${label} holds pages: compile them first`)
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
  const path = (colon < 0 ? usualFolder : spec.slice(colon + 1)).replace(/^\.\/|\/+$/g, '') || '.'
  const commit = await commitOf(revision, cwd)
  const blobs = await blobsOf(commit, path === '.' ? './' : path, cwd)
  const wanted = blobs.filter(({ name }) => blobs.length === 1 || isDocumentName(name))
  for (const { name, size } of wanted) checkSize(size, `${revision}:${name}`)
  const texts = await textsOf(wanted, cwd)
  const sources = wanted.flatMap(({ name }, index): [string, Source][] => {
    const text = texts[index]!
    const single = blobs.length === 1
    return single || saysOpenApi(text) ? [[nameOf(name), { file: `${revision}:${name}`, text }]] : []
  })
  if (sources.length === 0)
    throw new DiffInputError('ERR_DIFF_EMPTY', `${revision}:${path} holds no OpenAPI documents`)
  return { label: spec, sources: new Map(sources) }
}

function isDocumentName(name: string): boolean {
  return /\.(ya?ml|json)$/.test(name)
}

function saysOpenApi(text: string): boolean {
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
    `${file} has ${Math.ceil(size / 1024 / 1024)} MiB, more than ${limit}: split it by domain`,
  )
}
