import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
  type Document as YamlDocument,
} from 'yaml'
import { byCodeUnit } from '../by-code-unit.ts'
import type { Position } from '../docs/diagnostics.ts'
import type { Overlay, OverlayAction } from './overlay.ts'
import { type OverlayFinding, type OverlayRule, overlayFinding } from './overlay-finding.ts'
import { type Json, readTarget, type Target } from './overlay-target.ts'

/** Overlays, and the findings in those that could not be read. */
interface OverlayReading {
  overlays: Overlay[]
  findings: OverlayFinding[]
}

const start: Position = { line: 1, column: 1 }

/** Reads the overlays of a folder (its `.yaml` files), in the order of their names. */
export async function readOverlays(folder: string): Promise<OverlayReading> {
  const label = basename(folder)
  const reading: OverlayReading = { overlays: [], findings: [] }
  const unreadable = (file: string, error: unknown) => {
    // The system's own message contains the path on this machine.
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    reading.findings.push(overlayFinding('overlay-unreadable', file, start, `it cannot be read (${reason})`))
  }
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort(byCodeUnit)
  } catch (error) {
    unreadable(label, error)
    return reading
  }
  for (const name of names) {
    const file = `${label}/${name}`
    const text = await readFile(join(folder, name), 'utf8').catch((error: unknown) => unreadable(file, error))
    if (text === undefined) continue
    const { overlays, findings } = readOnce(file, text)
    reading.overlays.push(...overlays)
    reading.findings.push(...findings)
  }
  return reading
}

// Watching applies the same overlays again and again.
const last = new Map<string, { text: string; reading: OverlayReading }>()

function readOnce(file: string, text: string): OverlayReading {
  const known = last.get(file)
  if (known?.text === text) return known.reading
  const reading = readOverlay(file, text)
  last.set(file, { text, reading })
  return reading
}

/** Reads the text of an overlay. With any finding there is no overlay. */
export function readOverlay(file: string, text: string): OverlayReading {
  const lines = new LineCounter()
  const reader = new Reader(file, lines)
  const overlay = reader.read(text)
  const { findings } = reader
  return { overlays: overlay && findings.length === 0 ? [overlay] : [], findings }
}

const versions = /^1\.[01]\.\d+$/
const specFile = /(?:^|\/)([\w-]+)\.yaml$/

class Reader {
  readonly findings: OverlayFinding[] = []
  private readonly file: string
  private readonly lines: LineCounter

  constructor(file: string, lines: LineCounter) {
    this.file = file
    this.lines = lines
  }

  read(text: string): Overlay | undefined {
    let yaml: YamlDocument.Parsed
    try {
      yaml = parseDocument(text, { lineCounter: this.lines, prettyErrors: false })
    } catch (error) {
      // It is nested too deep for the parser.
      this.report('overlay-syntax', start, error instanceof Error ? error.message : String(error))
      return undefined
    }
    for (const { pos, message } of yaml.errors) this.report('overlay-syntax', this.place(pos[0]), message)
    if (this.findings.length > 0) return undefined
    this.checkNodes(yaml)
    if (!isMap(yaml.contents)) {
      this.report('overlay-form', start, 'the file is not an object')
      return undefined
    }
    if (this.findings.length > 0) return undefined
    return this.overlay(yaml.contents)
  }

  // Refuses what JSON does not have.
  private checkNodes(yaml: YamlDocument.Parsed): void {
    visit(yaml, {
      Alias: (_, node) =>
        this.report('overlay-form', this.at(node), 'an alias: write out what it stands for'),
      Pair: (_, { key }) => {
        const name = isScalar(key) ? String(key.value) : undefined
        if (name === undefined || isAlias(key))
          this.report('overlay-form', this.at(key as Node), 'a name must be text')
        if (name === '__proto__')
          this.report('overlay-form', this.at(key as Node), '__proto__ cannot be merged')
      },
      Scalar: (_, node) => {
        if (typeof node.value === 'number' && !Number.isFinite(node.value))
          this.report('overlay-form', this.at(node), `${node.value} is not a number in JSON`)
      },
    })
  }

  private overlay(map: YAMLMap): Overlay | undefined {
    const root = map.toJSON() as Record<string, Json>
    const at = this.at(map)
    this.known(map, ['overlay', 'info', 'extends', 'actions'])
    const { overlay: version, info, extends: document, actions } = root
    if (typeof version !== 'string' || !versions.test(version))
      this.report('overlay-form', at, '`overlay` must be 1.0.0 or 1.1.0')
    const { title, version: edition } = isObject(info) ? info : {}
    if (typeof title !== 'string' || typeof edition !== 'string')
      this.report('overlay-form', at, '`info` must have a title and a version')
    const name = typeof document === 'string' ? specFile.exec(document)?.[1] : undefined
    if (name === undefined) this.report('overlay-form', at, '`extends` must be a spec, such as ../pay.yaml')
    const items = map.get('actions')
    if (!Array.isArray(actions) || actions.length === 0)
      this.report('overlay-form', at, '`actions` must be a list of actions')
    if (this.findings.length > 0) return undefined
    const nodes = (items as { items: Node[] }).items
    return {
      file: this.file,
      title: String(title),
      document: name!,
      actions: nodes.flatMap((node) => this.action(node) ?? []),
    }
  }

  private action(node: Node): OverlayAction | undefined {
    const at = this.at(node)
    if (!isMap(node)) {
      this.report('overlay-form', at, 'an action must be an object')
      return undefined
    }
    this.known(node, ['target', 'description', 'update', 'remove'])
    const { target: path, description, update, remove = false } = node.toJSON() as Record<string, Json>
    const target = this.target(path, at)
    if (typeof description !== 'string' || description.trim() === '') {
      this.report('overlay-evidence', at, 'the action has no `description`: give the evidence for it')
      return undefined
    }
    if (typeof remove !== 'boolean' || remove === (update !== undefined)) {
      this.report('overlay-form', at, 'an action must have either an `update` or `remove: true`')
      return undefined
    }
    if (!target) return undefined
    const common = { ...at, target, description: description.trim() }
    return update === undefined ? { ...common, remove: true } : { ...common, update }
  }

  private target(path: Json | undefined, at: Position): Target | undefined {
    if (typeof path !== 'string') {
      this.report('overlay-target', at, 'the action has no `target`')
      return undefined
    }
    try {
      return readTarget(path)
    } catch (error) {
      this.report('overlay-target', at, `${path} is not a JSONPath: ${(error as Error).message}`)
      return undefined
    }
  }

  private known(map: YAMLMap, names: string[]): void {
    for (const { key } of map.items) {
      const name = String((key as { value?: unknown }).value)
      if (!names.includes(name) && !name.startsWith('x-'))
        this.report(
          'overlay-form',
          this.at(key as Node),
          `${JSON.stringify(name)} is not a field of an overlay`,
        )
    }
  }

  private report(rule: OverlayRule, at: Position, message: string): void {
    this.findings.push(overlayFinding(rule, this.file, at, message))
  }

  private at(node: Node | null): Position {
    return this.place(node?.range?.[0] ?? 0)
  }

  private place(offset: number): Position {
    const { line, col } = this.lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
