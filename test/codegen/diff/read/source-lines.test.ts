import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { linesOf } from '../../../../codegen/diff/read/source-lines.ts'

const yaml = readFileSync('spec/pay.yaml', 'utf8')

function pointersOf(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const own = `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`
    return [own, ...pointersOf(child, own)]
  })
}

test('every value of a real document is found on its line', () => {
  const pointers = pointersOf(load(yaml))
  const lines = linesOf(yaml, pointers)
  const json = linesOf(JSON.stringify(load(yaml), null, 1), ['/paths'])
  assert.ok(json.get('/paths')! > 1)
  const text = yaml.split('\n')
  for (const pointer of pointers) {
    const key = pointer
      .slice(pointer.lastIndexOf('/') + 1)
      .replace(/~1/g, '/')
      .replace(/~0/g, '~')
    const line = text[lines.get(pointer)! - 1]!.trim()
    const found = /^\d+$/.test(key) ? line.startsWith('-') || line.startsWith(`"${key}"`) : line.includes(key)
    assert.ok(found, `${pointer} is not on line ${lines.get(pointer)}: ${line}`)
  }
})

test('quoted keys, lists without indent, multiline strings, comments', () => {
  const text = [
    '# comment',
    'a:',
    '- x: 1',
    '  "y z": |-',
    '    b:',
    '      no: key',
    "  'it''s': 3",
    '- - inner',
    '',
    'b:',
    '  c: { d: 1 }',
    '  "~/": 4',
  ].join('\n')
  const lines = linesOf(text, [
    '/a',
    '/a/0/x',
    '/a/0/y z',
    "/a/0/it's",
    '/a/1',
    '/a/1/0',
    '/b',
    '/b/c',
    '/b/~0~1',
    '/b/c/d',
    '',
  ])
  assert.equal([...lines.values()].length, 11)
  assert.equal(
    ['/a', '/a/0/x', '/a/0/y z', "/a/0/it's", '/a/1', '/a/1/0', '/b', '/b/c', '/b/~0~1', '/b/c/d', ''].map(
      (one) => lines.get(one),
    ),
    [2, 3, 4, 7, 8, 8, 10, 11, 12, 11, 1],
  )
})

test('a value that is not written out has the line of its nearest parent', () => {
  assert.is(linesOf('a:\n  b: 1\n', ['/a/c/d']).get('/a/c/d'), 1)
})

test.run()
