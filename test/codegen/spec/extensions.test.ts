import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const all = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort()

const listed = all(read('docs/pipeline.md'), /^\| `(x-[\w-]+)` \|/gm)
const declared = all(read('codegen/openapi/extensions.ts'), /^ {2}'(x-[\w-]+)'\??:/gm)

test('docs/pipeline.md lists every extension that is declared, and no other', () => {
  assert.ok(declared.length > 0)
  assert.equal(listed, declared)
})

test('spec/ has every extension that is listed, except x-chain if no page needs it, and no other', () => {
  const files = readdirSync(new URL('spec/', root)).filter((name) => name.endsWith('.yaml'))
  const used = all(files.map((name) => read(`spec/${name}`)).join('\n'), /^[ -]*(x-[\w-]+):/gm)
  assert.equal([...new Set([...used, 'x-chain'])].sort(), listed)
})

test.run()
