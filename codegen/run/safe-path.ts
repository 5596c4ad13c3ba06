import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { OutputError } from './output-error.ts'

// Windows takes them for devices, with any ending; Node and npm read node_modules.
const reserved = /^(?:(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|node_modules)$/i

/**
 * Joins a folder and a path below it. The names in such paths come from pages.
 * @param path names with `/` between them, each of letters, digits, `_`, `-` and `.`, and none beginning with `.`
 * @throws RangeError for any other path: it could lead out of the folder
 */
export function safePath(root: string, path: string): string {
  const parts = path.split('/')
  if (parts.every((part) => /^\w[\w.-]*$/.test(part) && !part.includes('\n') && !reserved.test(part)))
    return join(root, ...parts)
  throw new RangeError(`not a path to write to: ${JSON.stringify(path)}`)
}

/**
 * Refuses a path that a link leads out of the folder.
 * @param path as for {@link safePath}; a file that is a link itself is replaced, not followed
 * @throws OutputError that names the link
 */
export function refuseLinks(root: string, path: string): void {
  const folders = path.split('/').slice(0, -1)
  for (let depth = 1; depth <= folders.length; depth++) {
    const folder = folders.slice(0, depth)
    if (lstatSync(join(root, ...folder), { throwIfNoEntry: false })?.isSymbolicLink())
      throw new OutputError(
        'ERR_OUTPUT_LINK',
        `${folder.join('/')} is a symbolic link, which is not followed: remove it, or give --out its target`,
      )
  }
}
