import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compilerOptions, host } from '../support/type-check.ts'

const source = fileURLToPath(new URL('./webhooks.ts', import.meta.url))

for (const exact of [true, false]) {
  test(`events narrow resources: exactOptionalPropertyTypes ${exact ? 'on' : 'off'}`, () => {
    const program = ts.createProgram([source], { ...compilerOptions, exactOptionalPropertyTypes: exact })
    const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(source))
    assert.is(diagnostics.length, 0, ts.formatDiagnostics(diagnostics, host))
  })
}

test.run()
