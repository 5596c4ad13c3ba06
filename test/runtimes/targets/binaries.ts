import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the runtimes are installed. */
export const folder = fileURLToPath(new URL('../binaries/', import.meta.url))

const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(`${folder}package.json`, 'utf8'),
) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>

/** The version of a runtime, as its package.json pins it. */
export function version(name: string): string {
  const pinned = dependencies[name] ?? optionalDependencies[`${name}-linux-x64`]
  if (!pinned) throw new Error(`${name} is not in test/runtimes/binaries/package.json`)
  return pinned.replace(/^.*@/, '')
}

/**
 * The program of a runtime, from the package for this machine. Those packages need no install script, and the packages
 * that choose between them do; so the choice is made here.
 *
 * @throws where there is none for this machine
 */
export function binary(places: Readonly<Record<string, string>>): string {
  const machine = `${process.platform}-${process.arch}`
  const place = places[machine]
  if (!place) throw new Error(`no binary for ${machine}, only for ${Object.keys(places).join(', ')}`)
  const path = `${folder}node_modules/${place}`
  if (!existsSync(path)) throw new Error(`npm did not install ${place}`)
  return path
}
