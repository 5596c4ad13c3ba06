import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readDocumentation } from '../../../codegen/docs/read.ts'
import type { Document } from '../../../codegen/openapi/document.ts'
import { compile } from '../../../codegen/spec/compile.ts'
import { parted } from '../../../codegen/spec/correct.ts'
import { deriveBrands } from '../../../codegen/spec/derive-brands.ts'
import { applyOverlays, type Overlay } from '../../../codegen/spec/overlay.ts'
import { readOverlays } from '../../../codegen/spec/overlay-read.ts'
import { type Json, nodeAt, select } from '../../../codegen/spec/overlay-target.ts'

const folder = fileURLToPath(new URL('../../../spec/overlays', import.meta.url))
const { overlays, findings } = await readOverlays(folder)
// Some correct what is derived from corrected documents.
const [first, afterwards] = parted(overlays)

test('every committed overlay can be read', () => {
  assert.equal(findings, [])
  assert.ok(overlays.length > 0)
})

// The pages are not part of this repository: DOCS names the folder that holds them.
const docs = process.env['DOCS']
const withDocs = docs === undefined ? test.skip : test
const documents = docs === undefined ? new Map<string, Document>() : await compiled(docs)

withDocs('every committed overlay applies to the compiled pages', () => {
  const corrected = new Map(documents)
  assert.equal(applyOverlays(corrected, first), [])
  assert.equal(deriveBrands(corrected, false), [])
  assert.equal(applyOverlays(corrected, afterwards), [])
})

withDocs('every overlay is reported once the pages have its corrections', () => {
  const corrected = new Map(documents)
  applyOverlays(corrected, first)
  deriveBrands(corrected, false)
  applyOverlays(corrected, afterwards)
  for (const overlay of overlays)
    assert.ok(applyOverlays(new Map(corrected), [overlay]).length > 0, overlay.file)
})

withDocs('every action is reported when a node of its target is gone', () => {
  const corrected = new Map(documents)
  for (const overlay of [...first, ...afterwards]) {
    if (overlay === afterwards[0]) deriveBrands(corrected, false)
    // Each action on what the actions before it made of the parts that the overlay names, as all of them take long.
    const parts = new Map([[overlay.document, namedParts(corrected.get(overlay.document)!, overlay)]])
    for (const action of overlay.actions) {
      const whole = parts.get(overlay.document) as unknown as Json
      const { found } = select(whole, action.target)
      assert.ok(found.length > 0, overlay.file)
      const before = touchedPart(whole, found)
      for (const location of found) {
        const document = structuredClone(before)
        takeOut(document, location)
        const lost = new Map([[overlay.document, document as unknown as Document]])
        const [finding] = applyOverlays(lost, [{ ...overlay, actions: [action] }])
        assert.is(finding?.rule, 'overlay-unmatched', `${overlay.file}:${action.line}`)
        assert.is(finding?.line, action.line)
      }
      applyOverlays(parts, [{ ...overlay, actions: [action] }])
    }
    applyOverlays(corrected, [overlay])
  }
})

function namedParts(document: Document, { actions }: Overlay): Document {
  const named = (items: Document['paths']) =>
    items &&
    Object.fromEntries(
      Object.entries(items).filter(([name]) =>
        actions.some(({ target }) => target.text.includes(`'${name}'`)),
      ),
    )
  const { paths, webhooks, ...rest } = document
  return {
    ...rest,
    ...(paths && { paths: named(paths)! }),
    ...(webhooks && { webhooks: named(webhooks)! }),
  }
}

// What the nodes of one action are in.
function touchedPart(document: Json, found: readonly (readonly (string | number)[])[]): Json {
  const part: Record<string, Record<string, Json>> = {}
  for (const [section, name] of found)
    part[section!] = { ...part[section!], [name!]: nodeAt(document, [section!, name!])! }
  return part
}

function takeOut(document: Json, location: readonly (string | number)[]): void {
  const parent = nodeAt(document, location.slice(0, -1))
  const key = location.at(-1)!
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete (parent as Record<string, Json>)[key]
}

async function compiled(pages: string): Promise<Map<string, Document>> {
  return compile(await readDocumentation(pages)).documents
}

test.run()
