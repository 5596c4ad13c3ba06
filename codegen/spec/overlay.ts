import type { Position } from '../docs/diagnostics.ts'
import type { Document } from '../openapi/document.ts'
import { type OverlayFinding, type OverlayRule, overlayFinding } from './overlay-finding.ts'
import { arrange, brings, conflict, isMembers, merge, same } from './overlay-merge.ts'
import { type Json, type Location, nodeAt, pathOf, select, type Target } from './overlay-target.ts'

/** Corrections of one document: an OpenAPI Overlay 1.0. https://spec.openapis.org/overlay/v1.0.0.html */
export interface Overlay {
  /** The file, below the folder that holds the overlays' folder: `overlays/profit-sharing-enums.yaml`. */
  file: string
  title: string
  /** The name of the document that it corrects: `pay` for `pay.yaml`. */
  document: string
  actions: OverlayAction[]
}

/** One correction, at its place in the file: what to remove, or what to merge in. */
export type OverlayAction = Position & {
  target: Target
  /** The evidence. */
  description: string
} & ({ remove: true } | { update: Json })

/** How to apply overlays. */
export interface ApplyOptions {
  /** The documents lack operations (one page was compiled, or a page has errors): what is missing is no finding. */
  partial?: boolean
}

interface Run {
  root: Json
  overlay: Overlay
  findings: OverlayFinding[]
  removed: { parent: Json; name: string; value: Json; action: OverlayAction }[]
  /** The order of names in an object before something was taken out of it. */
  orders: Map<Json, string[]>
  partial: boolean
}

/**
 * Corrects documents. A document that an overlay corrects is replaced in the map by a changed copy; the given one
 * stays as it is. Overlays of documents that are not there are skipped.
 * @returns what is wrong: targets that are gone, and actions that change nothing any more
 */
export function applyOverlays(
  documents: Map<string, Document>,
  overlays: readonly Overlay[],
  { partial = false }: ApplyOptions = {},
): OverlayFinding[] {
  const findings: OverlayFinding[] = []
  const copies = new Map<string, Json>()
  for (const overlay of overlays) {
    const document = documents.get(overlay.document)
    if (!document) continue
    // By way of JSON: compiled documents hold some objects at several places, and a change is meant for one.
    const root = copies.get(overlay.document) ?? (JSON.parse(JSON.stringify(document)) as Json)
    copies.set(overlay.document, root)
    documents.set(overlay.document, root as unknown as Document)
    apply({ root, overlay, findings, removed: [], orders: new Map(), partial })
  }
  return findings
}

function apply(run: Run): void {
  for (const action of run.overlay.actions) {
    const { found, missing } = select(run.root, action.target)
    if (!run.partial) for (const path of missing) unmatched(path, action, run)
    if ('remove' in action) remove(found, action, run)
    else for (const location of found) update(location, action.update, action, run)
  }
  for (const { parent, name, value, action } of run.removed)
    if (isMembers(parent) && Object.hasOwn(parent, name) && same(parent[name], value))
      unchanged(`what it removes, ${JSON.stringify(name)}, is put back as it was`, action, run)
  // What was removed and put back, a list for example, keeps its place.
  for (const [node, order] of run.orders) if (isMembers(node)) arrange(node, order)
}

function update(location: Location, value: Json, action: OverlayAction, run: Run): void {
  const node = nodeAt(run.root, location)!
  if (!Array.isArray(node) && !isMembers(node)) {
    const message = `${pathOf(location)} is a single value: update the object that holds it`
    report('overlay-target', action, run, message)
    return
  }
  const clash = conflict(node, value)
  if (clash) {
    const message = `${pathOf([...location, ...clash])} and its update are not both an object, a list or a single value`
    report('overlay-incompatible', action, run, message)
  } else if (!brings(node, value)) {
    unchanged(`${pathOf(location)} has all of the update already`, action, run)
  } else merge(node, value)
}

function remove(found: readonly Location[], action: OverlayAction, run: Run): void {
  const nodes = found.flatMap((location) => {
    const value = nodeAt(run.root, location)!
    const parent = nodeAt(run.root, location.slice(0, -1))!
    const key = location.at(-1)
    if (key !== undefined && (Array.isArray(value) || isMembers(value))) return [{ parent, key, value }]
    const what = key === undefined ? 'the document itself' : 'a single value: remove the object that holds it'
    report('overlay-target', action, run, `${pathOf(location)} is ${what}`)
    return []
  })
  // Entries of a list from its end, so that the others keep their indexes.
  nodes.sort((a, b) => Number(b.key) - Number(a.key) || 0)
  for (const { parent, key, value } of nodes) {
    if (Array.isArray(parent)) {
      parent.splice(Number(key), 1)
    } else if (isMembers(parent)) {
      if (!run.orders.has(parent)) run.orders.set(parent, Object.keys(parent))
      delete parent[key]
      run.removed.push({ parent, name: String(key), value, action })
    }
  }
}

function unmatched(path: string, action: OverlayAction, run: Run): void {
  report(
    'overlay-unmatched',
    action,
    run,
    `${path} is not in ${run.overlay.document}.yaml: look at the page, then correct the target or delete the action`,
  )
}

function unchanged(message: string, action: OverlayAction, run: Run): void {
  const advice = 'look at the page, then delete the action if it says so by now'
  report('overlay-unchanged', action, run, `${message}: ${advice}`)
}

function report(rule: OverlayRule, action: OverlayAction, run: Run, message: string): void {
  run.findings.push(overlayFinding(rule, run.overlay.file, action, message))
}
