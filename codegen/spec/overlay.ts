import type { Position } from '../docs/diagnostics.ts'
import type { Document } from '../openapi/document.ts'
import { type OverlayFinding, type OverlayRule, overlayFinding } from './overlay-finding.ts'
import { arrange, brings, conflict, isMembers, merge, same } from './overlay-merge.ts'
import { type Json, type Location, nodeAt, pathOf, select, type Target } from './overlay-target.ts'

/** Corrections of one document: an OpenAPI Overlay 1.1. https://spec.openapis.org/overlay/v1.1.0.html */
export interface Overlay {
  /** The file with the name of its folder: `overlays/profit-sharing-enums.yaml`. */
  file: string
  title: string
  /** The name of the document to correct: `pay` for `pay.yaml`. */
  document: string
  actions: OverlayAction[]
}

/** One correction, and its place in the file: nodes to remove, or an update to merge. */
export type OverlayAction = Position & {
  target: Target
  /** The evidence for the correction. */
  description: string
} & ({ remove: true } | { update: Json })

/** How to apply overlays. */
export interface ApplyOptions {
  /** The documents lack some operations, because of `--only` or a page with errors: a missing target is no finding. */
  partial?: boolean
}

interface Run {
  root: Json
  overlay: Overlay
  findings: OverlayFinding[]
  removed: { parent: Json; name: string; value: Json; action: OverlayAction }[]
  /** The order of names in objects, from before a member was removed. */
  orders: Map<Json, string[]>
  partial: boolean
}

/**
 * Applies overlays. The map gets a corrected copy of each document, the document itself does not change. Overlays of
 * documents that are not in the map are skipped.
 * @returns what is wrong with the overlays: targets that are gone, and actions that change nothing any more
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
    // By way of JSON, because compiled documents use some objects at several places, only one of which is to change.
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
      unchanged(`it removes ${JSON.stringify(name)}, which a later action adds again unchanged`, action, run)
  // A member that was removed and added again, a list for example, keeps its place.
  for (const [node, order] of run.orders) if (isMembers(node)) arrange(node, order)
}

function update(location: Location, value: Json, action: OverlayAction, run: Run): void {
  const node = nodeAt(run.root, location)!
  const clash = conflict(node, value)
  if (clash) {
    const message = `${pathOf([...location, ...clash])} and its update must both be objects, lists or single values`
    report('overlay-incompatible', action, run, message)
  } else if (!brings(node, value)) {
    unchanged(`${pathOf(location)} has the whole update already`, action, run)
  } else if (Array.isArray(node) || isMembers(node)) {
    merge(node, value)
  } else {
    // A single value can only be replaced in the object or list that has it.
    const parent = nodeAt(run.root, location.slice(0, -1)) as Record<string | number, Json>
    parent[location.at(-1)!] = value
  }
}

function remove(found: readonly Location[], action: OverlayAction, run: Run): void {
  const nodes = found.flatMap((location) => {
    const value = nodeAt(run.root, location)!
    const parent = nodeAt(run.root, location.slice(0, -1))!
    const key = location.at(-1)
    if (key !== undefined) return [{ parent, key, value }]
    report('overlay-target', action, run, `${pathOf(location)} is the document itself`)
    return []
  })
  // From the end of a list, so that the remaining indexes stay valid.
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
    `${path} is not in ${run.overlay.document}.yaml: read the page, then correct the target or delete the action`,
  )
}

function unchanged(message: string, action: OverlayAction, run: Run): void {
  const advice = 'read the page, and delete the action if the page is correct now'
  report('overlay-unchanged', action, run, `${message}: ${advice}`)
}

function report(rule: OverlayRule, action: OverlayAction, run: Run, message: string): void {
  run.findings.push(overlayFinding(rule, run.overlay.file, action, message))
}
