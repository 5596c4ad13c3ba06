import { join } from 'node:path'

/**
 * The place of a path below a folder. Paths are made of names that come from pages.
 * @param path parts with `/` between them, each of letters, digits, `_`, `-` and `.`, and none beginning with `.`
 * @throws RangeError for any other path: it could lead out of the folder
 */
export function inside(root: string, path: string): string {
  const parts = path.split('/')
  if (parts.every((part) => /^\w[\w.-]*$/.test(part) && !part.includes('\n'))) return join(root, ...parts)
  throw new RangeError(`not a path to write to: ${JSON.stringify(path)}`)
}
