import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compilerOptions, diagnosticsOf, host } from '../support/type-check.ts'

const source = fileURLToPath(new URL('./correct.ts', import.meta.url))

for (const { moduleResolution, module, exact } of [
  { moduleResolution: ts.ModuleResolutionKind.NodeNext, module: ts.ModuleKind.NodeNext, exact: true },
  { moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext, exact: false },
]) {
  const name = `${ts.ModuleResolutionKind[moduleResolution]}, exactOptionalPropertyTypes ${exact ? 'on' : 'off'}`
  test(`what is right compiles: ${name}`, () => {
    const options = { ...compilerOptions, moduleResolution, module, exactOptionalPropertyTypes: exact }
    const diagnostics = diagnosticsOf([source], options)
    assert.is(diagnostics.length, 0, ts.formatDiagnostics(diagnostics, host))
  })
}

test.run()
