import { lstat, readdir, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { compare, type Diagnostic, Reporter } from './diagnostics.ts'

/** A Markdown file below the documentation folder, by its path in it (`/` between the parts). */
export interface SourceFile {
  path: string
  /** Where it is on this machine; never written anywhere. */
  location: string
}

const limit = 2 * 1024 * 1024

/**
 * Lists the Markdown files of a documentation folder, or the one file that `docs` is, in the order of their paths.
 * A link that leads out of the folder is not followed.
 */
export async function listFiles(docs: string): Promise<{ files: SourceFile[]; findings: Diagnostic[] }> {
  const files: SourceFile[] = []
  const findings: Diagnostic[] = []
  const report = (path: string, error: unknown) => {
    const reporter = new Reporter(path)
    reporter.report('file-unreadable', { line: 1, column: 1 }, reason(error))
    findings.push(...reporter.findings)
  }
  let root: string
  try {
    root = await realpath(docs)
    if ((await lstat(root)).isFile()) return { files: [{ path: basename(docs), location: root }], findings }
  } catch (error) {
    report(basename(docs), error)
    return { files, findings }
  }
  const walk = async (folder: string): Promise<void> => {
    let entries: import('node:fs').Dirent[]
    try {
      entries = await readdir(folder, { withFileTypes: true })
    } catch (error) {
      report(inside(root, folder), error)
      return
    }
    for (const entry of entries) {
      const location = join(folder, entry.name)
      if (entry.isSymbolicLink()) {
        const target = await realpath(location).catch(() => '')
        if (!target.startsWith(root + sep)) {
          const reporter = new Reporter(inside(root, location))
          reporter.report(
            'file-outside',
            { line: 1, column: 1 },
            'the link leads out of the documentation folder',
          )
          findings.push(...reporter.findings)
        } else if (target.endsWith('.md')) files.push({ path: inside(root, location), location: target })
      } else if (entry.isDirectory()) await walk(location)
      else if (entry.isFile() && entry.name.endsWith('.md'))
        files.push({ path: inside(root, location), location })
    }
  }
  await walk(root)
  files.sort((a, b) => compare(a.path, b.path))
  return { files, findings }
}

/** The text of a page, or undefined with a finding when the file is unreadable, empty, too large or not text. */
export async function readText(file: SourceFile, reporter: Reporter): Promise<string | undefined> {
  const start = { line: 1, column: 1 }
  let bytes: Uint8Array
  try {
    const { size } = await lstat(file.location)
    if (size > limit) {
      reporter.report('file-size', start, `${size} bytes, more than ${limit}`)
      return undefined
    }
    bytes = await readFile(file.location)
  } catch (error) {
    reporter.report('file-unreadable', start, reason(error))
    return undefined
  }
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    reporter.report('file-binary', place(bytes, nul), 'a NUL byte: not a text file')
    return undefined
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    reporter.report('file-binary', start, 'not UTF-8')
    return undefined
  }
  if (text.trim() === '') {
    reporter.report('file-empty', start, 'the file has no content')
    return undefined
  }
  return text
}

function place(bytes: Uint8Array, offset: number) {
  const before = bytes.subarray(0, offset)
  const line = before.reduce((count, byte) => (byte === 10 ? count + 1 : count), 1)
  return { line, column: offset - before.lastIndexOf(10) }
}

// System errors quote the machine's path; the page's own path stands before the message already.
function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  const known: Record<string, string> = {
    ENOENT: 'it does not exist',
    EACCES: 'it may not be read (permission denied)',
    EPERM: 'it may not be read (permission denied)',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    ELOOP: 'its links run in a circle',
  }
  return known[code] ?? `it cannot be read (${code})`
}

function inside(root: string, location: string): string {
  return relative(root, location).split(sep).join('/') || basename(dirname(location))
}
