import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readOverlay, readOverlays } from '../../../codegen/spec/overlay-read.ts'

const good = `# A comment.
overlay: 1.0.0
info:
  title: A title
  version: 1.0.0
extends: ../pay.yaml
x-note: anything
actions:
  - target: >-
      $.paths['/v3/a',
      '/v3/b'].get
    description: >
      The evidence.
    update:
      x-mode: both
  - { target: "$..old", description: Evidence, remove: true }
`

/** The findings of a text as `line:column rule`. */
const found = (text: string) => {
  const { overlays, findings } = readOverlay('overlays/test.yaml', text)
  assert.is(overlays.length, findings.length === 0 ? 1 : 0, 'either an overlay or findings')
  return findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`)
}

test('reads an overlay, each action with its place', () => {
  const { overlays, findings } = readOverlay('overlays/test.yaml', good)
  assert.equal(findings, [])
  assert.equal(overlays, [
    {
      file: 'overlays/test.yaml',
      title: 'A title',
      document: 'pay',
      actions: [
        {
          line: 9,
          column: 5,
          target: {
            text: "$.paths['/v3/a', '/v3/b'].get",
            choices: [['paths'], ['/v3/a', '/v3/b'], ['get']],
          },
          description: 'The evidence.',
          update: { 'x-mode': 'both' },
        },
        { line: 16, column: 5, target: { text: '$..old' }, description: 'Evidence', remove: true },
      ],
    },
  ])
})

test('reports where the YAML is broken', () => {
  assert.equal(found('overlay: [1.0.0\ninfo: {'), ['2:1 overlay-syntax', '2:8 overlay-syntax'])
  assert.equal(found(`${good}info: twice\n`), ['17:1 overlay-syntax'])
  assert.equal(found(`${good}---\nmore: 1\n`), ['17:1 overlay-syntax'])
})

test('reports what is not an overlay', () => {
  assert.equal(found(''), ['1:1 overlay-form'])
  assert.equal(found('just text'), ['1:1 overlay-form'])
  assert.equal(found('- a list'), ['1:1 overlay-form'])
  assert.equal(found('{}').length, 4, 'no version, no info, no spec, no actions')
  const without = (line: string, put = '') => found(good.replace(line, put))
  assert.equal(without('overlay: 1.0.0', 'overlay: 2.0.0'), ['2:1 overlay-form'])
  assert.equal(without('overlay: 1.0.0', 'overlay: 1.0'), ['2:1 overlay-form'])
  assert.equal(without('  title: A title\n'), ['2:1 overlay-form'])
  assert.equal(without('extends: ../pay.yaml'), ['2:1 overlay-form'])
  assert.equal(without('../pay.yaml', 'https://example.com/'), ['2:1 overlay-form'])
  assert.equal(without('x-note', 'note'), ['7:1 overlay-form'])
  assert.equal(without('    update:', '    updates:'), ['14:5 overlay-form', '9:5 overlay-form'])
  assert.equal(without('remove: true', 'remove: true, update: {}'), ['16:5 overlay-form'])
  assert.equal(without('remove: true', 'remove: false'), ['16:5 overlay-form'])
  assert.equal(without('{ target: "$..old", description: Evidence, remove: true }', 'text'), [
    '16:5 overlay-form',
  ])
})

test('an action without its evidence is an error', () => {
  assert.equal(found(good.replace('description: Evidence, ', '')), ['16:5 overlay-evidence'])
  assert.equal(found(good.replace('description: Evidence', 'description: " "')), ['16:5 overlay-evidence'])
})

test('an action without a JSONPath is an error', () => {
  assert.equal(found(good.replace('target: "$..old", ', '')), ['16:5 overlay-target'])
  assert.equal(found(good.replace('$..old', 'paths.old')), ['16:5 overlay-target'])
  assert.equal(found(good.replace('$..old', '$.paths[')), ['16:5 overlay-target'])
})

test('refuses __proto__, aliases and values that JSON does not have', () => {
  assert.equal(found(good.replace('x-mode: both', '__proto__: { polluted: 1 }')), ['15:7 overlay-form'])
  assert.equal(found(good.replace('x-mode: both', 'x: { "__proto__": 1 }')), ['15:12 overlay-form'])
  assert.equal(found(good.replace('x-mode: both', 'x: &a 1\n      y: *a')), ['16:10 overlay-form'])
  assert.equal(found(good.replace('x-mode: both', 'x: .inf')), ['15:10 overlay-form'])
  assert.equal(found(good.replace('x-mode: both', '{ a: 1 }: b')), ['15:7 overlay-form'])
})

test('any text at all gives an overlay or findings, never an exception', () => {
  const pieces = fc.constantFrom(
    ...good.split(/(?<=\n)/),
    '- ',
    '? ',
    ': ',
    '*a ',
    '&a ',
    '!!binary x',
    '{',
    '[',
    '"',
    '|\n',
    '\t',
    '\u0000',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
  )
  fc.assert(fc.property(text, (any) => void found(any)))
  found('['.repeat(100_000))
})

test('reads the .yaml files of a folder in the order of their names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'overlays-'))
  try {
    await writeFile(join(folder, 'b.yaml'), good)
    await writeFile(join(folder, 'a.yaml'), good.replace('A title', 'Another'))
    await writeFile(join(folder, 'c.yaml'), 'text')
    await writeFile(join(folder, 'README.md'), 'text')
    const { overlays, findings } = await readOverlays(folder)
    assert.equal(
      overlays.map(({ title }) => title),
      ['Another', 'A title'],
    )
    assert.equal(
      findings.map(({ rule }) => rule),
      ['overlay-form'],
    )
    assert.match(findings[0]!.file, /^overlays-\w+\/c\.yaml$/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a missing folder is a finding', async () => {
  const { overlays, findings } = await readOverlays(join(tmpdir(), 'no-such-folder', 'overlays'))
  assert.equal(overlays, [])
  assert.equal(findings, [
    {
      file: 'overlays',
      line: 1,
      column: 1,
      rule: 'overlay-unreadable',
      severity: 'error',
      message: 'it cannot be read (ENOENT)',
    },
  ])
})

test.run()
