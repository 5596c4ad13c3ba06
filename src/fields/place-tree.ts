import type { Places } from '../operations/traits.ts'

/** The places of special fields as a tree. Its root is the body, the query or the response. */
export interface PlaceNode {
  /** Encrypted on the wire. */
  encrypted: boolean
  /** A JSON text on the wire. The nodes below are places in that JSON. */
  json: boolean
  /** Encrypted itself, or contains something that is. */
  secret: boolean
  /** A Map, because a field might be named `__proto__`. */
  readonly fields: Map<string, PlaceNode>
  /** The items of an array. */
  items?: PlaceNode
}

const trees = new WeakMap<Places, PlaceNode>()

/** The tree of an operation's places. It is built once. */
export function placeTree(places: Places): PlaceNode {
  const known = trees.get(places)
  if (known) return known
  const root = emptyNode()
  for (const place of places.encrypted ?? []) {
    const path = pathTo(root, place)
    for (const node of path) node.secret = true
    path.at(-1)!.encrypted = true
  }
  for (const place of places.json ?? []) pathTo(root, place).at(-1)!.json = true
  trees.set(places, root)
  return root
}

/**
 * The places in one part of a form, relative to that part: `meta.phone` is `phone` in `meta`.
 *
 * @param part its name
 */
export function placesWithin(places: Places, part: string): Places {
  const within = (all: readonly string[] = []) =>
    all.filter((place) => place.startsWith(`${part}.`)).map((place) => place.slice(part.length + 1))
  return { encrypted: within(places.encrypted), json: within(places.json) }
}

/** The nodes on the path to a place, from the root to its own. Those that are missing are added. */
function pathTo(root: PlaceNode, place: string): PlaceNode[] {
  const path = [root]
  for (const [step] of place.matchAll(/\[\]|[^.[\]]+/g)) {
    const at = path.at(-1)!
    const next = (step === '[]' ? at.items : at.fields.get(step)) ?? emptyNode()
    if (step === '[]') at.items = next
    else at.fields.set(step, next)
    path.push(next)
  }
  return path
}

function emptyNode(): PlaceNode {
  return { encrypted: false, json: false, secret: false, fields: new Map() }
}
