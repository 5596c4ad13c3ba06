import { compareContent } from './bodies.ts'
import type { Placed } from './json-node.ts'
import { Owner } from './record.ts'
import { compareResolved, type SchemaStanding, type Share } from './schema.ts'

interface Entry {
  owner: Owner
  domain: string
  before: Placed
  after: Placed
  at: SchemaStanding
}

/**
 * Schemas and answers that are used by reference. Each pair is compared once for each kind of use, however often and in
 * whatever circle it is used.
 */
export class Sharing {
  readonly #entries = new Map<string, Entry>()
  readonly #queue: Entry[] = []

  readonly share: Share = (before, after, at) => {
    const kind = `${at.family} ${at.typed} ${at.pathVariable === true}`
    const places = [before, after].map(({ document, pointer }) => `${document.name}#${pointer}`)
    const key = [kind, ...places].join('\n')
    let entry = this.#entries.get(key)
    if (!entry) {
      const owner = new Owner(undefined, nameOf(after.pointer))
      entry = { owner, domain: after.document.name, before, after, at: { ...at, owner, location: [] } }
      this.#entries.set(key, entry)
      this.#queue.push(entry)
    }
    entry.owner.users.push({ owner: at.owner, location: at.location })
  }

  /** Compares what was shared, and what that shares in its turn. */
  finish(): { owner: Owner; domain: string }[] {
    for (let entry = this.#queue.shift(); entry; entry = this.#queue.shift()) {
      const { before, after, at } = entry
      const isAnswer = [before, after].every(({ value }) => value['content'] !== undefined)
      if (isAnswer) compareContent(before, after, 'response', at)
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
