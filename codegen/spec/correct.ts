import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { byKey } from '../by-code-unit.ts'
import type { Document } from '../openapi/document.ts'
import { brandModeName } from './brand-twins.ts'
import { deriveBrands } from './derive-brands.ts'
import { fitExamples } from './fit-examples.ts'
import { applyOverlays, type Overlay } from './overlay.ts'
import type { OverlayFinding } from './overlay-finding.ts'
import { readOverlays } from './overlay-read.ts'
import { addSettlingQueries } from './settled-by.ts'
import { expandVariants } from './variants.ts'

// The first is where the sources are, the second where the package has them.
const folder = ['../../spec/overlays/', '../overlays/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path))

/**
 * The overlays that correct what pages give, and those that correct what is derived from it: of `brand-mode.yaml`, and
 * all whose names begin with `brand-mode`.
 */
export function parted(overlays: readonly Overlay[]): [first: Overlay[], afterwards: Overlay[]] {
  const isLate = ({ file, document }: Overlay) =>
    document === brandModeName || file.startsWith(`overlays/${brandModeName}`)
  return [overlays.filter((one) => !isLate(one)), overlays.filter(isLate)]
}

/**
 * Applies the corrections of `spec/overlays/` to the documents in the map, and adds what is derived for brands.
 * @param partial the documents lack some operations: a target that is not there is no finding
 * @returns what is wrong with the overlays, and what cannot be derived any more
 */
export async function correct(documents: Map<string, Document>, partial: boolean): Promise<OverlayFinding[]> {
  const { overlays, findings } = await readOverlays(folder ?? 'spec/overlays')
  const [first, afterwards] = parted(overlays)
  findings.push(...applyOverlays(documents, first, { partial }))
  findings.push(...expandVariants(documents, first))
  findings.push(...deriveBrands(documents, partial))
  if (documents.has(brandModeName)) findings.push(...applyOverlays(documents, afterwards, { partial }))
  // A correction may have added a path, or made the field of a blank sample optional.
  for (const document of documents.values()) {
    if (document.paths) document.paths = Object.fromEntries(Object.entries(document.paths).sort(byKey))
    fitExamples(document)
    addSettlingQueries(document)
  }
  return findings
}
