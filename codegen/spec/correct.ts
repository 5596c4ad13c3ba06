import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { byCodeUnit } from '../by-code-unit.ts'
import type { Document } from '../openapi/document.ts'
import { applyOverlays } from './overlay.ts'
import type { OverlayFinding } from './overlay-finding.ts'
import { readOverlays } from './overlay-read.ts'

// In the sources, and in the package.
const folder = ['../../spec/overlays/', '../overlays/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path))

/**
 * Applies the corrections of `spec/overlays/` to compiled documents, in place of the map.
 * @param partial the documents lack operations: what an overlay misses is no finding
 * @returns what is wrong with the overlays
 */
export async function correct(documents: Map<string, Document>, partial: boolean): Promise<OverlayFinding[]> {
  const { overlays, findings } = await readOverlays(folder ?? 'spec/overlays')
  findings.push(...applyOverlays(documents, overlays, { partial }))
  // A path that a correction adds stands where the others would look for it.
  for (const document of documents.values()) {
    if (document.paths)
      document.paths = Object.fromEntries(Object.entries(document.paths).sort(([a], [b]) => byCodeUnit(a, b)))
  }
  return findings
}
