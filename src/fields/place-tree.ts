import type { Places } from '../../generated/operations.ts'

/** The documented places as a tree, whose root is the body, the query or the answer. */
export interface PlaceNode {
  /** Encrypted on the wire. */
  encrypted: boolean
  /** A JSON text on the wire; what it holds goes on below. */
  json: boolean
  /** Something is encrypted here or below. */
  secret: boolean
  /** A Map, as a field might be named `__proto__`. */
  readonly fields: Map<string, PlaceNode>
  /** What each item of a list has. */
  items?: PlaceNode
}

const trees = new WeakMap<Places, PlaceNode>()

/** The tree of an operation's places; made once. */
export function placeTree(places: Places): PlaceNode {
  const known = trees.get(places)
  if (known) return known
  const root = emptyNode()
  for (const place of places.encrypted ?? []) {
    const way = wayTo(root, place)
    for (const node of way) node.secret = true
    way.at(-1)!.encrypted = true
  }
  for (const place of places.json ?? []) wayTo(root, place).at(-1)!.json = true
  trees.set(places, root)
  return root
}

/**
 * The places within one part of a form, as the part's own text has them: `meta.phone` is `phone` in `meta`.
 *
 * @param part the name of the part
 */
export function placesWithin(places: Places, part: string): Places {
  const within = (all: readonly string[] = []) =>
    all.filter((place) => place.startsWith(`${part}.`)).map((place) => place.slice(part.length + 1))
  return { encrypted: within(places.encrypted), json: within(places.json) }
}

/** The nodes that a place leads through, from the root to its own. */
function wayTo(root: PlaceNode, place: string): PlaceNode[] {
  const way = [root]
  for (const [step] of place.matchAll(/\[\]|[^.[\]]+/g)) {
    const at = way.at(-1)!
    const next = (step === '[]' ? at.items : at.fields.get(step)) ?? emptyNode()
    if (step === '[]') at.items = next
    else at.fields.set(step, next)
    way.push(next)
  }
  return way
}

function emptyNode(): PlaceNode {
  return { encrypted: false, json: false, secret: false, fields: new Map() }
}
