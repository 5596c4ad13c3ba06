import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { DiffInputError } from './input-error.ts'
import { largestFile } from './parse.ts'

const run = promisify(execFile)

/** A file of a commit. */
interface Blob {
  name: string
  id: string
  size: number
}

/**
 * The commit that a revision names.
 * @throws DiffInputError if there is no such revision, or no repository
 */
export async function commitOf(revision: string, cwd: string): Promise<string> {
  if (revision.startsWith('-'))
    throw new DiffInputError('ERR_DIFF_REVISION', `${revision} is not a revision: it begins with a dash`)
  try {
    return (
      await git(cwd, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)
    ).trim()
  } catch (error) {
    await checkRepository(cwd)
    throw new DiffInputError(
      'ERR_DIFF_REVISION',
      `${revision} is not a file, a folder or a revision of this repository: fetch it, or list revisions with \`git branch --all\` and \`git tag\``,
      { cause: error },
    )
  }
}

/** The files in a folder of a commit, or the single file at the path. */
export async function blobsOf(commit: string, path: string, cwd: string): Promise<Blob[]> {
  const found = await git(cwd, 'ls-tree', '-z', '-l', '--full-tree', commit, '--', path)
  const [self] = entries(found)
  if (!self) throw new DiffInputError('ERR_DIFF_PATH', `${commit.slice(0, 12)} has no ${path}`)
  if (self.type === 'blob') return [self]
  return entries(
    await git(cwd, 'ls-tree', '-z', '-l', '--full-tree', commit, '--', `${path.replace(/\/$/, '')}/`),
  ).filter(({ type }) => type === 'blob')
}

// `100644 blob <id> <size>\t<path>`
function entries(listing: string): (Blob & { type: string })[] {
  return listing
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [, type = '', id = '', size = ''] = line.slice(0, line.indexOf('\t')).split(/ +/)
      return { name: line.slice(line.indexOf('\t') + 1), type, id, size: Number(size) }
    })
}

/** The texts of files of a commit, in the same order. */
export async function textsOf(blobs: readonly Blob[], cwd: string): Promise<string[]> {
  if (blobs.length === 0) return []
  const reading = run('git', ['cat-file', '--batch'], {
    cwd,
    encoding: 'buffer',
    maxBuffer: blobs.reduce((sum, { size }) => sum + size + 128, 1024),
  })
  reading.child.stdin?.end(`${blobs.map(({ id }) => id).join('\n')}\n`)
  const { stdout } = await reading
  let at = 0
  return blobs.map(({ size }) => {
    const start = stdout.indexOf(10, at) + 1
    at = start + size + 1
    return stdout.toString('utf8', start, start + size)
  })
}

async function checkRepository(cwd: string): Promise<void> {
  try {
    await git(cwd, 'rev-parse', '--git-dir')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      throw new DiffInputError(
        'ERR_DIFF_GIT',
        'git is not installed: install it, or compare files or folders',
        {
          cause: error,
        },
      )
    throw new DiffInputError(
      'ERR_DIFF_REPOSITORY',
      `${cwd} is not in a git repository: give files or folders, not revisions`,
      { cause: error },
    )
  }
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd, encoding: 'utf8', maxBuffer: largestFile })
  return stdout
}
