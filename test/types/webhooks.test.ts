import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compilerOptions, diagnosticsOf, host } from '../support/type-check.ts'

const source = fileURLToPath(new URL('./webhooks.ts', import.meta.url))

for (const exact of [true, false]) {
  test(`events narrow resources: exactOptionalPropertyTypes ${exact ? 'on' : 'off'}`, () => {
    const diagnostics = diagnosticsOf([source], { ...compilerOptions, exactOptionalPropertyTypes: exact })
    assert.is(diagnostics.length, 0, ts.formatDiagnostics(diagnostics, host))
  })
}

test.run()
