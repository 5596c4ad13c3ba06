import { compareMediaTypes } from './bodies.ts'
import type { Node } from './json-node.ts'
import { Owner } from './record.ts'
import { compareResolved } from './schema.ts'
import type { SchemaScope, Share } from './schema-scope.ts'

interface Entry {
  owner: Owner
  domain: string
  before: Node
  after: Node
  at: SchemaScope
}

/**
 * Schemas and responses that are used by reference. Each pair is compared once for each kind of use, however often it is
 * used and even if it refers to itself.
 */
export class Sharing {
  readonly #entries = new Map<string, Entry>()
  readonly #queue: Entry[] = []

  readonly share: Share = (before, after, at) => {
    const kind = `${at.family} ${at.typed} ${at.pathVariable === true}`
    const pointers = [before, after].map(({ document, pointer }) => `${document.name}#${pointer}`)
    const key = [kind, ...pointers].join('\n')
    let entry = this.#entries.get(key)
    if (!entry) {
      const owner = new Owner(undefined, nameOf(after.pointer))
      entry = { owner, domain: after.document.name, before, after, at: { ...at, owner, location: [] } }
      this.#entries.set(key, entry)
      this.#queue.push(entry)
    }
    entry.owner.users.push({ owner: at.owner, location: at.location })
  }

  /** Compares what was shared, including what that shares in turn. */
  finish(): { owner: Owner; domain: string }[] {
    for (let entry = this.#queue.shift(); entry; entry = this.#queue.shift()) {
      const { before, after, at } = entry
      const isResponse = [before, after].every(({ value }) => value['content'] !== undefined)
      if (isResponse) compareMediaTypes(before, after, 'response', at)
      else compareResolved(before, after, at)
    }
    return [...this.#entries.values()].map(({ owner, domain }) => ({ owner, domain }))
  }
}

// `/components/schemas/Error` is `Error`.
function nameOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1)
  return parts[0] === 'components' ? parts.slice(2) : parts
}
