import { createHash, type Hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const compiler = fileURLToPath(new URL('../', import.meta.url))

/**
 * A hash of everything besides its input that decides what the compiler makes of a page or a document: its own code
 * and templates, the versions of all packages it depends on, and the version of Node with its Unicode tables.
 * @param folder the compiler's code, below the folder of its package.json
 * @throws Error for a folder that cannot be read
 */
export function fingerprint(folder = compiler): string {
  const hash = createHash('sha256').update(JSON.stringify(process.versions))
  addFiles(hash, folder)
  const home = dirnames(folder).find((name) => existsSync(join(name, 'package.json')))
  if (home) for (const version of installed(home)) hash.update(`${version}\n`)
  return hash.digest('hex')
}

function addFiles(hash: Hash, folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) {
    hash.update(`${file.slice(folder.length)}\n`)
    hash.update(createHash('sha256').update(readFileSync(file)).digest())
  }
}

interface Manifest {
  name?: string
  version?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

// `name@version` of the package in a folder and of all packages it depends on, as they are installed.
function installed(home: string): string[] {
  const found = new Map<string, string>()
  const visit = (folder: string) => {
    if (found.has(folder)) return
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    found.set(folder, `${manifest.name}@${manifest.version}`)
    const { dependencies, peerDependencies } = manifest
    // Of the sources, the compiler's dependencies are devDependencies.
    const own = folder === home ? manifest.devDependencies : undefined
    for (const name of Object.keys({ ...dependencies, ...peerDependencies, ...own })) {
      const package_ = dirnames(folder)
        .map((parent) => join(parent, 'node_modules', name))
        .find((candidate) => existsSync(join(candidate, 'package.json')))
      if (package_) visit(realpathSync(package_))
    }
  }
  visit(home)
  return [...found.values()].sort()
}

// A folder and those above it.
function dirnames(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...dirnames(parent)]
}
