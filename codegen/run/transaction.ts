import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { OutputError } from './output-error.ts'
import { refuseLinks, safePath } from './safe-path.ts'

/** Where changes wait, below the output folder, until all of them can be made. */
const home = '.wechatpay-fetch'

interface Journal {
  /** Files to move into place: from the staging folder, to a path below the output folder. */
  moves: [staged: string, target: string][]
  removals: string[]
}

/**
 * Changes of a folder that happen all or not at all. They are staged beside it; then a journal says what is to be
 * moved, and only then is anything moved. Whoever is killed before the journal leaves the folder as it was; whoever
 * is killed after it leaves the rest to {@link recover}, which the next run calls first.
 */
export class Transaction {
  private readonly root: string
  private readonly staging: string
  private readonly journal: Journal = { moves: [], removals: [] }

  constructor(root: string) {
    this.root = root
    this.staging = join(root, home, `staged-${process.pid}`)
  }

  /** Stages the new text of a file. `path` is below the folder, with `/` between its parts. */
  write(path: string, text: string): void {
    this.check(path)
    const name = `${this.journal.moves.length}`
    mkdirSync(this.staging, { recursive: true })
    writeFileSync(join(this.staging, name), text)
    this.journal.moves.push([name, path])
  }

  /** Stages the removal of a file or folder. */
  remove(path: string): void {
    this.check(path)
    mkdirSync(this.staging, { recursive: true })
    this.journal.removals.push(path)
  }

  private check(path: string): void {
    refuseLinks(this.root, `${home}/staged`)
    refuseLinks(this.root, path)
  }

  /** Makes the changes. */
  commit(): void {
    if (this.journal.moves.length + this.journal.removals.length === 0) return
    const file = join(this.staging, journalName)
    writeFileSync(`${file}.part`, JSON.stringify(this.journal))
    renameSync(`${file}.part`, file)
    replay(this.root, this.staging)
  }
}

const journalName = 'journal.json'

/** Finishes what a killed run had decided, and clears away what it had not. */
export function recover(root: string): void {
  refuseLinks(root, `${home}/staged`)
  for (const name of list(join(root, home))) {
    const pid = /^staged-(\d+)$/.exec(name)?.[1]
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue
    const staging = join(root, home, name)
    if (existsSync(join(staging, journalName))) replay(root, staging)
    else clear(root, staging)
  }
  removeHome(root)
}

// Every step can be repeated: a file that was moved already is not there to be moved again.
function replay(root: string, staging: string): void {
  const { moves, removals } = readJournal(join(staging, journalName))
  const targets = moves.map(([name, path]): [string, string] => [
    safePath(staging, name),
    safePath(root, path),
  ])
  const gone = removals.map((path) => safePath(root, path))
  for (const path of [...moves.map(([, path]) => path), ...removals]) refuseLinks(root, path)
  for (const folder of new Set(targets.map(([, target]) => dirname(target))))
    mkdirSync(folder, { recursive: true })
  for (const [staged, target] of targets) if (existsSync(staged)) renameSync(staged, target)
  for (const path of gone) rmSync(path, { recursive: true, force: true })
  clear(root, staging)
}

// The folder may have come from elsewhere: a journal is input like any other.
function readJournal(file: string): Journal {
  const { moves, removals } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Journal>
  const pairs = (value: unknown) =>
    Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.every(isText))
  if (!pairs(moves) || !Array.isArray(removals) || !removals.every(isText)) {
    throw new OutputError(
      'ERR_OUTPUT_JOURNAL',
      `${file} is not a journal of this program: remove the folder that holds it`,
    )
  }
  return { moves: moves!, removals }
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function clear(root: string, staging: string): void {
  rmSync(staging, { recursive: true, force: true })
  removeHome(root)
}

function removeHome(root: string): void {
  if (existsSync(join(root, home)) && list(join(root, home)).length === 0) rmdirSync(join(root, home))
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
