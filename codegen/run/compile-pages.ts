import { relative } from 'node:path'
import { format } from '../docs/diagnostics.ts'
import { listFiles } from '../docs/page-files.ts'
import { readListed } from '../docs/read.ts'
import type { Document } from '../openapi/document.ts'
import { planFor } from './generate.ts'

/** Pages that do not compile, which are no side of a comparison. */
class PagesError extends Error {
  readonly code = 'ERR_DIFF_PAGES'
}

/**
 * The documents that a folder of pages gives, for a comparison; nothing is written, and no TypeScript made.
 * @throws PagesError that names the pages which do not compile: their operations would look removed
 */
export async function compilePages(folder: string): Promise<ReadonlyMap<string, Document>> {
  const documentation = readListed(await listFiles(folder))
  const { documents, findings } = await planFor(documentation, { out: folder }, async () => new Map())
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return documents
  const told = errors.slice(0, 10).map(format)
  if (errors.length > told.length) told.push(`… and ${errors.length - told.length} more`)
  throw new PagesError(
    `${relative(process.cwd(), folder) || '.'} has pages that do not compile, and their operations would look removed:\n${told.join('\n')}`,
  )
}
