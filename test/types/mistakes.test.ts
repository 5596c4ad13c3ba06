import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compilerOptions, diagnosticsOf, host } from '../support/type-check.ts'

/**
 * Typical mistakes in each style, and what TypeScript says of each, word for word. A type that got worse (a mistake
 * that passes, a message that no longer names the key) changes the golden file. `UPDATE=1 npm test` writes it anew.
 */
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const sources = ['calls', 'path-client', 'chain'].map((style) => file(`./${style}.mistakes.ts`))
const golden = file('./mistakes.golden.txt')

const diagnostics = diagnosticsOf(sources, { ...compilerOptions, exactOptionalPropertyTypes: true })

// Each mistake is a comment and what follows, up to the next one.
const mistakes = sources.flatMap((source) => {
  const text = readFileSync(source, 'utf8')
  return [...text.matchAll(/^ {2}\/\/ (.+)$/gm)].map((found, index, all) => ({
    source,
    text,
    label: found[1]!,
    from: found.index,
    to: all[index + 1]?.index ?? text.length,
  }))
})

function told({ source, text, from, to }: (typeof mistakes)[number]): string[] {
  return diagnostics
    .filter(({ file, start }) => file?.fileName === source && start! >= from && start! < to)
    .map((diagnostic) => {
      const at = text.slice(diagnostic.start!, diagnostic.start! + diagnostic.length!).split('\n')[0]
      return `${at}: TS${diagnostic.code} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`
    })
}

test('there are mistakes of each style', () => {
  assert.ok(mistakes.length >= 25, `${mistakes.length}`)
  assert.is(new Set(mistakes.map(({ label }) => label)).size, mistakes.length)
})

test('each mistake is one error of six lines at most', () => {
  for (const mistake of mistakes) {
    const errors = told(mistake)
    assert.is(errors.length, 1, `${mistake.label}: ${errors.length} errors\n${errors.join('\n')}`)
    assert.ok(errors[0]!.split('\n').length <= 6, `${mistake.label}: ${errors[0]}`)
  }
})

test('nothing else in the files is an error', () => {
  assert.is(diagnostics.length, mistakes.length, ts.formatDiagnostics(diagnostics, host))
})

test('the messages are those of the golden file', () => {
  const actual = `${mistakes.map((mistake) => `## ${mistake.label}\n${told(mistake).join('\n')}\n`).join('\n')}`
  if (process.env['UPDATE']) writeFileSync(golden, actual)
  assert.fixture(actual, readFileSync(golden, 'utf8'))
})

test.run()
