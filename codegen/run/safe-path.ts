import { join } from 'node:path'

/**
 * Joins a folder and a path below it. The names in such paths come from pages.
 * @param path names with `/` between them, each of letters, digits, `_`, `-` and `.`, and none beginning with `.`
 * @throws RangeError for any other path: it could lead out of the folder
 */
export function safePath(root: string, path: string): string {
  const parts = path.split('/')
  if (parts.every((part) => /^\w[\w.-]*$/.test(part) && !part.includes('\n'))) return join(root, ...parts)
  throw new RangeError(`not a path to write to: ${JSON.stringify(path)}`)
}
