import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folders = ['src', 'codegen', 'sandbox']

// A schema contains schemas, so comparing one calls the comparisons of its parts, and these call it.
const allowed = [
  [
    'codegen/diff/compare/all-of.ts',
    'codegen/diff/compare/alternatives.ts',
    'codegen/diff/compare/keywords.ts',
    'codegen/diff/compare/properties.ts',
    'codegen/diff/compare/schema.ts',
  ],
]

test('no files import each other in a circle, except those listed here', () => {
  assert.equal(circles(importsOf(root, folders)), allowed)
})

test('every kind of import counts', () => {
  for (const statement of [
    "import { b } from './b.ts'",
    "import type { b } from './b.ts'",
    "import { type b } from './b.ts'",
    "import './b.ts'",
    "export * from './b.ts'",
    "export type { b } from './b.ts'",
    "export const b = await import('./b.ts')",
    "export type B = import('./b.ts').B",
  ]) {
    const folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
    try {
      mkdirSync(join(folder, 'src'))
      writeFileSync(join(folder, 'src/a.ts'), `${statement}\n`)
      writeFileSync(join(folder, 'src/b.ts'), "import type { a } from '../src/a.ts'\n")
      assert.equal(circles(importsOf(folder, ['src'])), [['src/a.ts', 'src/b.ts']], statement)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
})

test('circles are found apart, nested and in a file that imports itself', () => {
  const found = circles(
    new Map([
      ['a', ['b', 'g']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['e']],
      ['e', ['f', 'd']],
      ['f', []],
      ['g', ['g']],
    ]),
  )
  assert.equal(found, [['a', 'b', 'c'], ['d', 'e'], ['g']])
})

/** The files that each file imports, types included. */
function importsOf(from: string, folders: readonly string[]): Map<string, string[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(from, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js)$/.test(name) && !name.split(sep).includes('node_modules'))
      .map((name) => join(folder, name)),
  )
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(from, file), 'utf8'), true, true)
      const imported = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => relative(from, resolve(from, dirname(file), fileName)))
      return [toSlashes(file), imported.map(toSlashes)]
    }),
  )
}

function toSlashes(path: string): string {
  return path.split(sep).join('/')
}

/**
 * The strongly connected components that contain a circle, sorted.
 * https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return found.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))

  // Returns the lowest index on the stack that the node reaches.
  function visit(node: string): number {
    const own = index.size
    index.set(node, own)
    stack.push(node)
    let lowest = own
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next))
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next)!)
    }
    if (lowest === own) {
      const component = stack.splice(stack.indexOf(node))
      if (component.length > 1 || graph.get(node)?.includes(node)) found.push(component.sort())
    }
    return lowest
  }
}

test.run()
