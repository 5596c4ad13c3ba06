import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { byKey } from '../by-code-unit.ts'
import type { Document } from '../openapi/document.ts'
import { fitExamples } from './fit-examples.ts'
import { applyOverlays } from './overlay.ts'
import type { OverlayFinding } from './overlay-finding.ts'
import { readOverlays } from './overlay-read.ts'
import { expandVariants } from './variants.ts'

// The first is where the sources are, the second where the package has them.
const folder = ['../../spec/overlays/', '../overlays/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path))

/**
 * Applies the corrections of `spec/overlays/` to the documents in the map.
 * @param partial the documents lack some operations: a target that is not there is no finding
 * @returns what is wrong with the overlays
 */
export async function correct(documents: Map<string, Document>, partial: boolean): Promise<OverlayFinding[]> {
  const { overlays, findings } = await readOverlays(folder ?? 'spec/overlays')
  findings.push(...applyOverlays(documents, overlays, { partial }))
  findings.push(...expandVariants(documents, overlays))
  // A correction may have added a path, or made the field of a blank sample optional.
  for (const document of documents.values()) {
    if (document.paths) document.paths = Object.fromEntries(Object.entries(document.paths).sort(byKey))
    fitExamples(document)
  }
  return findings
}
