import { lstatSync, readFileSync } from 'node:fs'
import { lstat, readdir, realpath } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { byCodeUnit } from '../by-code-unit.ts'
import { type Diagnostic, Reporter } from './diagnostics.ts'

/** A Markdown file, by its path relative to the documentation folder (`/` between the parts). */
export interface SourceFile {
  path: string
  /** The path on this machine, which is never written anywhere. */
  location: string
}

/** The files of a folder, and findings for what could not be listed. */
export interface FileList {
  files: SourceFile[]
  findings: Diagnostic[]
}

/** Ten times the largest page. The time to read a file grows faster than its size. */
const most = { bytes: 1024 * 1024, lines: 20_000, columns: 8192 }

/**
 * Lists the Markdown files of a documentation folder in the order of their paths; `docs` may also be a single file.
 * Links that lead out of the folder are not followed, and names that begin with a dot are left out.
 *
 * @param onFolder called with each folder before it is read, and with `docs` before anything else
 */
export async function listFiles(docs: string, onFolder?: (folder: string) => void): Promise<FileList> {
  const files: SourceFile[] = []
  const findings: Diagnostic[] = []
  const report = (rule: 'file-unreadable' | 'file-outside', path: string, message: string) => {
    const reporter = new Reporter(path)
    reporter.report(rule, start, message)
    findings.push(...reporter.findings)
  }
  let root: string
  onFolder?.(docs)
  try {
    root = await realpath(docs)
    if ((await lstat(root)).isFile()) return { files: [{ path: basename(docs), location: root }], findings }
  } catch (error) {
    report('file-unreadable', basename(docs), reason(error))
    return { files, findings }
  }
  const inside = (location: string) => relative(root, location).split(sep).join('/') || basename(root)
  const follow = async (link: string): Promise<void> => {
    try {
      const target = await realpath(link)
      if (!within(root, target))
        report('file-outside', inside(link), 'the link leads out of the documentation folder')
      else if (link.endsWith('.md')) files.push({ path: inside(link), location: target })
    } catch (error) {
      report('file-unreadable', inside(link), reason(error))
    }
  }
  const walk = async (folder: string): Promise<void> => {
    let entries: import('node:fs').Dirent[]
    onFolder?.(folder)
    try {
      entries = await readdir(folder, { withFileTypes: true })
    } catch (error) {
      report('file-unreadable', inside(folder), reason(error))
      return
    }
    for (const entry of entries) {
      const location = join(folder, entry.name)
      if (entry.name.startsWith('.')) continue
      if (entry.isSymbolicLink()) await follow(location)
      else if (entry.isDirectory()) await walk(location)
      else if (entry.name.endsWith('.md')) files.push({ path: inside(location), location })
    }
  }
  await walk(root)
  files.sort((a, b) => byCodeUnit(a.path, b.path))
  return { files, findings }
}

function within(root: string, location: string): boolean {
  return location === root || location.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** The bytes of a page, or undefined with a finding when the file is unreadable or too large. */
export function readBytes(file: SourceFile, reporter: Reporter): Uint8Array | undefined {
  try {
    // Synchronous, because reading a thousand small files takes less time than scheduling their reads.
    const status = lstatSync(file.location)
    if (status.isFile()) {
      if (status.size > most.bytes)
        reporter.report('file-size', start, `${status.size} bytes, at most ${most.bytes} are allowed`)
      else return readFileSync(file.location)
    } else {
      reporter.report('file-unreadable', start, status.isDirectory() ? 'it is a folder' : 'it is not a file')
    }
  } catch (error) {
    reporter.report('file-unreadable', start, reason(error))
  }
  return undefined
}

/**
 * The text of a page's bytes, without a byte order mark and with `\n` between its lines; or undefined with a finding
 * when it is empty, too long or not text.
 */
export function decodePage(bytes: Uint8Array, reporter: Reporter): string | undefined {
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    reporter.report('file-binary', placeOf(bytes, nul), 'a NUL byte')
    return undefined
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch {
    reporter.report('file-binary', placeOf(bytes, firstInvalid(bytes)), 'a byte that is not valid UTF-8')
    return undefined
  }
  if (text.trim() === '') {
    reporter.report('file-empty', start, 'the file has no content')
    return undefined
  }
  const lines = text.split('\n')
  if (lines.length > most.lines) {
    const at = { line: most.lines + 1, column: 1 }
    reporter.report('file-size', at, `${lines.length} lines, at most ${most.lines} are allowed`)
    return undefined
  }
  const long = lines.findIndex((line) => line.length > most.columns)
  if (long < 0) return text
  const at = { line: long + 1, column: most.columns + 1 }
  reporter.report('line-length', at, `${lines[long]!.length} characters, at most ${most.columns} are allowed`)
  return undefined
}

const start = { line: 1, column: 1 }

// The offset of the first byte that is not UTF-8, by bisection: a prefix is invalid when a shorter one is.
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
      valid = middle
    } catch {
      invalid = middle
    }
  }
  return Math.min(valid, bytes.length - 1)
}

function placeOf(bytes: Uint8Array, offset: number): { line: number; column: number } {
  const before = new TextDecoder().decode(bytes.subarray(0, offset), { stream: true })
  const lines = before.split(/\r\n?|\n/)
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}

// The system's own message contains the path on this machine. The finding already has the path of the page.
function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  return reasons.get(code) ?? `it cannot be read (${code})`
}

const reasons = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'it is not a folder'],
  ['ELOOP', 'its links form a circle'],
])
