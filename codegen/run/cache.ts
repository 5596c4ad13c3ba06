import { createHash, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CompiledPage, PageStore } from '../docs/read.ts'
import { fingerprint } from './fingerprint.ts'
import type { Rendered, RenderStore } from './render.ts'
import { safePath } from './safe-path.ts'

/** Bounds what is kept: the pages of all WeChat Pay take 7 MB. */
const most = { bytes: 64 * 1024 * 1024, files: 32 }

/** What is kept of a rendered document: its files by their hashes. The texts are those of the output folder. */
interface CachedDocument {
  files: [path: string, hash: string][]
  exports?: Rendered['exports']
}

/**
 * Where the results of earlier runs are kept: below the nearest `node_modules`, as other tools do. Without one,
 * nothing is kept.
 */
export function cacheFolder(from = process.cwd()): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (existsSync(modules)) return join(modules, '.cache', 'wechatpay-fetch-codegen')
    if (folder === dirname(folder)) return undefined
  }
}

/**
 * The results of the last run on a documentation folder: compiled pages by their path and bytes, and the hashes of
 * generated files by the document they were made of. A result depends on nothing else but the compiler itself, whose
 * {@link fingerprint} every cache file carries. A file that is damaged or of another compiler counts as empty, and one
 * that cannot be written is no error.
 */
export class Cache {
  private readonly folder: string
  private readonly file: string
  private readonly compiler: string
  private readonly before: ReadonlyMap<string, string>
  private readonly used = new Map<string, string>()

  constructor(folder: string, docs: string, compiler = fingerprint()) {
    this.folder = folder
    this.file = join(folder, `${hash(locationOf(docs)).slice(0, 16)}.cache`)
    this.compiler = compiler
    this.before = read(this.file, compiler)
  }

  /** Whether the last run left anything. */
  get isEmpty(): boolean {
    return this.before.size === 0
  }

  /** Compiled pages. */
  readonly pages: PageStore = {
    find: (path, bytes) => this.find(pageKey(path, bytes)) as CompiledPage | undefined,
    keep: (path, bytes, page) => this.keep(pageKey(path, bytes), page),
  }

  /** Rendered documents, whose files are as they were in the output folder. */
  rendered(out: string): RenderStore {
    return {
      find: (name, json) => {
        const cached = this.find(documentKey(name, json)) as CachedDocument | undefined
        if (!cached) return undefined
        const files: Rendered['files'] = []
        for (const [path, expected] of cached.files) {
          const text = readUnchanged(safePath(out, path), expected)
          if (text === undefined) return undefined
          files.push([path, text])
        }
        return { files, ...(cached.exports && { exports: cached.exports }) }
      },
      keep: (name, json, { files, exports }) => {
        const hashes = files.map(([path, text]): [string, string] => [path, hash(text)])
        this.keep(documentKey(name, json), { files: hashes, ...(exports && { exports }) })
      },
    }
  }

  /** Writes what this run used and made. Another run may do so at the same time: the last one wins. */
  save(): void {
    try {
      const changed =
        this.used.size !== this.before.size || [...this.used.keys()].some((key) => !this.before.has(key))
      if (changed) this.write()
      else utimesSync(this.file, new Date(), new Date())
      this.prune()
    } catch {
      // The results are written all the same: the next run takes longer, that is all.
    }
  }

  private find(key: string): unknown {
    const json = this.used.get(key) ?? this.before.get(key)
    if (json === undefined) return undefined
    this.used.set(key, json)
    return JSON.parse(json)
  }

  private keep(key: string, value: unknown): void {
    this.used.set(key, JSON.stringify(value))
  }

  private write(): void {
    const body = Buffer.from([...this.used].map(([key, json]) => `${key} ${json}\n`).join(''))
    if (body.length > most.bytes) return
    mkdirSync(this.folder, { recursive: true })
    const temporary = `${this.file}.${randomUUID()}.tmp`
    try {
      writeFileSync(temporary, Buffer.concat([Buffer.from(`${header(this.compiler, body)}\n`), body]))
      renameSync(temporary, this.file)
    } finally {
      rmSync(temporary, { force: true })
    }
  }

  // Removes the files that were used longest ago, and what a killed run left.
  private prune(): void {
    const names = readdirSync(this.folder).filter((name) => /\.(?:cache|tmp)$/.test(name))
    const files = names.flatMap((name) => {
      const file = join(this.folder, name)
      const status = statSync(file, { throwIfNoEntry: false })
      return status ? [{ file, size: status.size, time: status.mtimeMs }] : []
    })
    let { bytes, files: count } = most
    for (const { file, size, time } of files.sort((a, b) => b.time - a.time)) {
      const killed = file.endsWith('.tmp') && Date.now() - time > 3_600_000
      if (!killed) {
        bytes -= size
        count--
      }
      if (killed || ((bytes < 0 || count < 0) && file !== this.file)) rmSync(file, { force: true })
    }
  }
}

/** The first line of a cache file. */
function header(compiler: string, body: Uint8Array): string {
  return `wechatpay-fetch-codegen ${compiler} ${hash(body)}`
}

// The entries of a cache file, as JSON by their keys; none if it is damaged or of another compiler.
function read(file: string, compiler: string): Map<string, string> {
  try {
    const bytes = readFileSync(file)
    const end = bytes.indexOf('\n')
    const body = bytes.subarray(end + 1)
    if (bytes.toString('utf8', 0, end) !== header(compiler, body)) return new Map()
    const lines = body.toString('utf8').split('\n').slice(0, -1)
    return new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]))
  } catch {
    return new Map()
  }
}

function readUnchanged(file: string, expected: string): string | undefined {
  try {
    const bytes = readFileSync(file)
    return hash(bytes) === expected ? bytes.toString('utf8') : undefined
  } catch {
    return undefined
  }
}

function pageKey(path: string, bytes: Uint8Array): string {
  return hash(`page\n${path}\n`, bytes)
}

function documentKey(name: string, json: string): string {
  return hash(`document\n${name}\n`, json)
}

function hash(...parts: (string | Uint8Array)[]): string {
  const sha256 = createHash('sha256')
  for (const part of parts) sha256.update(part)
  return sha256.digest('hex')
}

function locationOf(docs: string): string {
  try {
    return realpathSync(docs)
  } catch {
    return resolve(docs)
  }
}
