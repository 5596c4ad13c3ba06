import { tokensOf } from '../compare/json-pointer.ts'

/** A value whose line is wanted, or a parent of one. */
interface Wanted {
  children: Map<string, Wanted>
  line?: number
}

/**
 * The lines of values by their JSON Pointers, in YAML that has each value on its own line, as this project writes it.
 * Reads the text once for all pointers.
 * @returns the lines found; pointers into YAML of other styles may be missing
 */
export function scanLines(text: string, pointers: Iterable<string>): Map<string, number> {
  const root: Wanted = { children: new Map() }
  const leaves: [string, Wanted][] = []
  for (const pointer of pointers) {
    let node = root
    for (const key of tokensOf(pointer)) {
      const next = node.children.get(key) ?? { children: new Map() }
      node.children.set(key, next)
      node = next
    }
    leaves.push([pointer, node])
  }
  root.line = 1
  new Scan(text.split('\n')).block(0, 0, root)
  return new Map(leaves.flatMap(([pointer, { line }]) => (line === undefined ? [] : [[pointer, line]])))
}

class Scan {
  readonly #lines: string[]
  readonly #indents: Int32Array

  constructor(lines: string[]) {
    this.#lines = lines
    this.#indents = Int32Array.from(lines, indentOf)
  }

  /** Finds the children of a node among the lines of one indent, starting at a line. */
  block(from: number, indent: number, node: Wanted): void {
    const indents = this.#indents
    const isSequence = this.#isItem(from, indent)
    let item = -1
    let open = node.children.size
    for (let at = from; at < indents.length && open > 0; at++) {
      const own = indents[at]!
      if (own < 0 || own > indent) continue
      if (own < indent || this.#isItem(at, indent) !== isSequence) return
      const text = this.#lines[at]!.slice(indent)
      if (isSequence) item++
      const child = node.children.get(isSequence ? String(item) : (keyOf(text) ?? ''))
      if (!child) continue
      open--
      child.line = at + 1
      if (child.children.size === 0) continue
      if (isSequence) this.#item(at, indent, text, child)
      else this.#below(at + 1, indent, child)
    }
  }

  // The text after the dash begins a block of its own.
  #item(at: number, indent: number, text: string, node: Wanted): void {
    const spaces = 1 + indentOf(text.slice(1))
    this.#lines[at] = ' '.repeat(indent + spaces) + text.slice(spaces)
    this.#indents[at] = indent + spaces
    this.block(at, indent + spaces, node)
    this.#lines[at] = ' '.repeat(indent) + text
    this.#indents[at] = indent
  }

  #below(from: number, indent: number, node: Wanted): void {
    for (let at = from; at < this.#indents.length; at++) {
      const own = this.#indents[at]!
      if (own < 0) continue
      if (own > indent || (own === indent && this.#isItem(at, indent))) this.block(at, own, node)
      return
    }
  }

  #isItem(at: number, indent: number): boolean {
    const line = this.#lines[at]
    if (line?.charCodeAt(indent) !== 45) return false
    return line.length === indent + 1 || line.charCodeAt(indent + 1) === 32
  }
}

// -1 for an empty line or a comment.
function indentOf(line: string): number {
  let at = 0
  while (line.charCodeAt(at) === 32) at++
  return at === line.length || line.charCodeAt(at) === 35 ? -1 : at
}

function keyOf(text: string): string | undefined {
  if (text[0] === '"') {
    const quoted = /^"(?:[^"\\]|\\.)*"(?=\s*:)/.exec(text)?.[0]
    try {
      return quoted === undefined ? undefined : String(JSON.parse(quoted))
    } catch {
      return undefined
    }
  }
  if (text[0] === "'") return /^'((?:[^']|'')*)'\s*:/.exec(text)?.[1]?.replace(/''/g, "'")
  return /^(.*?)\s*:(?:\s|$)/.exec(text)?.[1]
}
