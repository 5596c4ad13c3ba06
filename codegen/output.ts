import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Document } from './spec/document.ts'
import { fromYaml } from './spec/yaml.ts'

/** A folder that `generate` writes, with `spec/` and `generated/` below it. */
export class Output {
  readonly root: string
  readonly changed: string[] = []

  constructor(root: string) {
    this.root = root
  }

  /** The names of the documents that the last run wrote. */
  async names(): Promise<string[]> {
    const files = await list(join(this.root, 'spec'))
    return files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length))
  }

  /** A document of the last run. */
  async document(name: string): Promise<Document> {
    return fromYaml(await readFile(join(this.root, 'spec', `${name}.yaml`), 'utf8'))
  }

  /** The domains that have generated code already. */
  async domains(): Promise<string[]> {
    return (await list(join(this.root, 'generated'))).filter((name) => !name.endsWith('.ts'))
  }

  /** Writes a file unless it holds the same text already; a reader never sees half of it. */
  async write(path: string, text: string): Promise<void> {
    const target = this.inside(path)
    const before = await readFile(target, 'utf8').catch(() => undefined)
    if (before === text) return
    await mkdir(dirname(target), { recursive: true })
    const temporary = `${target}.${process.pid}.tmp`
    await writeFile(temporary, text)
    await rename(temporary, target)
    this.changed.push(path)
  }

  /** Removes a file or folder of a former run. */
  async remove(path: string): Promise<void> {
    await rm(this.inside(path), { recursive: true, force: true })
    this.changed.push(path)
  }

  // Names come from pages: none may lead out of the folder.
  private inside(path: string): string {
    const parts = path.split('/')
    if (parts.some((part) => !/^[\w][\w.-]*$/.test(part)))
      throw new RangeError(`not a path to write to: ${JSON.stringify(path)}`)
    return join(this.root, ...parts)
  }
}

async function list(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.sort()
}
