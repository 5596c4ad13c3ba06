import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compilerOptions, diagnosticsOf, host } from '../support/type-check.ts'

/** Entries beside the client: what each says that it takes and returns. */
const entries = {
  webhooks: 'events narrow resources',
  'front-end': 'what front ends get',
  'throw-on-error': 'whether a call throws',
}

for (const [entry, what] of Object.entries(entries)) {
  for (const exact of [true, false]) {
    test(`${what}: exactOptionalPropertyTypes ${exact ? 'on' : 'off'}`, () => {
      const source = fileURLToPath(new URL(`./${entry}.ts`, import.meta.url))
      const diagnostics = diagnosticsOf([source], { ...compilerOptions, exactOptionalPropertyTypes: exact })
      assert.is(diagnostics.length, 0, ts.formatDiagnostics(diagnostics, host))
    })
  }
}

test.run()
