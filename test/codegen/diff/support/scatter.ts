import type { Document } from '../../../../codegen/openapi/document.ts'
import type { Any } from './spec.ts'

export interface Scattered {
  documents: Map<string, Document>
  edits: string[]
}

/** Pseudo-random integers below a limit; the same for the same seed. */
function random(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

interface Holder {
  schema: Any
  properties: Any
}

/** A copy of documents with random edits of their schemas. */
export function scatter(documents: ReadonlyMap<string, Document>, count: number, seed = 1): Scattered {
  const copy = structuredClone(new Map(documents))
  const holders = [...copy.values()].flatMap((document) => objectsOf(document))
  const below = random(seed)
  const edits: string[] = []
  while (edits.length < count) {
    const { schema, properties } = holders[below(holders.length)]!
    const names = Object.keys(properties)
    const name = names[below(names.length)]
    const kind = below(6)
    const own = name === undefined ? undefined : (properties[name] as Any)
    const required = (schema['required'] ?? []) as string[]
    if (kind === 0) {
      properties[`added_${edits.length}`] = { type: 'string', description: `新增${edits.length}` }
    } else if (!own || name === undefined) continue
    else if (kind === 1) {
      delete properties[name]
      if (required.length > 0) schema['required'] = required.filter((one) => one !== name)
    } else if (kind === 2 && own['type'] === 'string') own['type'] = 'integer'
    else if (kind === 3)
      schema['required'] = required.includes(name)
        ? required.filter((one) => one !== name)
        : [...required, name]
    else if (kind === 4 && (own['enum'] || own['x-extensible-enum']))
      ((own['enum'] ?? own['x-extensible-enum']) as unknown[]).push(`ADDED_${edits.length}`)
    else if (kind === 5 && own['type'] === 'string' && !own['x-encrypted']) own['x-encrypted'] = 'merchant'
    else continue
    edits.push(`${kind} ${name}`)
  }
  return { documents: copy, edits }
}

// Every object schema of a document, at any depth.
function objectsOf(value: unknown, found: Holder[] = []): Holder[] {
  if (typeof value !== 'object' || value === null) return found
  const { properties } = value as Any
  if (typeof properties === 'object' && properties !== null)
    found.push({ schema: value as Any, properties: properties as Any })
  for (const [name, child] of Object.entries(value)) if (name !== 'example') objectsOf(child, found)
  return found
}
