import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DiffInputError } from '../diff/read/input-error.ts'
import { brief } from '../diff/report/visible.ts'
import { withAccepted } from '../diff/review/accepted.ts'
import type { Review } from '../diff/review/review.ts'

/**
 * Writes down that changes are known and wanted.
 * @returns what was done, for people
 * @throws DiffInputError for a fingerprint that no change has, before anything is written
 */
export async function accept(
  review: Review,
  fingerprints: readonly string[],
  reason: string,
  file: string,
): Promise<string> {
  const changes = fingerprints.map((fingerprint) => {
    const found = review.changes.find((change) => change.fingerprint === fingerprint)
    if (found) return found
    const before = review.accepted.find(({ change }) => change.fingerprint === fingerprint)
    throw new DiffInputError(
      'ERR_DIFF_ACCEPTED',
      before
        ? `${fingerprint} is accepted already: ${before.reason}`
        : `no change has the fingerprint ${fingerprint}: diff prints it below each change`,
    )
  })
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  await mkdir(dirname(file), { recursive: true })
  await writeFile(
    file,
    changes.reduce((written, change) => withAccepted(written, change, reason), text),
  )
  const lines = changes.map(({ fingerprint, message }) => `accepted ${fingerprint}: ${brief(message.en)}\n`)
  return `${lines.join('')}Commit ${file}\n`
}
