import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

/**
 * Typical mistakes, and what TypeScript says of each, word for word. A type that got worse (a mistake that passes,
 * a message that no longer names the key) changes the golden file. `UPDATE=1 npm test` writes it anew.
 */
const source = fileURLToPath(new URL('./calls.mistakes.ts', import.meta.url))
const golden = fileURLToPath(new URL('./mistakes.golden.txt', import.meta.url))

const text = readFileSync(source, 'utf8')
const program = ts.createProgram([source], {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: false,
  types: [],
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
})
const diagnostics = ts.getPreEmitDiagnostics(program)

// Each mistake is a comment and what follows, up to the next one.
const mistakes = [...text.matchAll(/^ {2}\/\/ (.+)$/gm)].map((found, index, all) => ({
  label: found[1]!,
  from: found.index,
  to: all[index + 1]?.index ?? text.length,
}))

function told({ from, to }: { from: number; to: number }): string[] {
  return diagnostics
    .filter(({ file, start }) => file?.fileName === source && start! >= from && start! < to)
    .map((diagnostic) => {
      const at = text.slice(diagnostic.start!, diagnostic.start! + diagnostic.length!).split('\n')[0]
      return `${at}: TS${diagnostic.code} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`
    })
}

test('each mistake is one error, and its first line names the key or the path', () => {
  for (const mistake of mistakes) {
    const errors = told(mistake)
    assert.is(errors.length, 1, `${mistake.label}: ${errors.length} errors\n${errors.join('\n')}`)
  }
})

test('nothing else in the file is an error', () => {
  assert.is(diagnostics.length, mistakes.length, ts.formatDiagnostics(diagnostics, host))
})

test('the messages are those of the golden file', () => {
  const actual = `${mistakes.map((mistake) => `## ${mistake.label}\n${told(mistake).join('\n')}\n`).join('\n')}`
  if (process.env['UPDATE']) writeFileSync(golden, actual)
  assert.fixture(actual, readFileSync(golden, 'utf8'))
})

const host: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => '',
  getNewLine: () => '\n',
}

test.run()
