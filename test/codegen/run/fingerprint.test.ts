import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fingerprint } from '../../../codegen/run/fingerprint.ts'

const test = suite<{ folder: string; write: (path: string, content: string | object) => void }>(
  'the fingerprint',
)

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  context.write = (path, content) => {
    const file = join(context.folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  const { write } = context
  write('package.json', { name: 'compiler', version: '1.0.0', devDependencies: { markdown: '1' } })
  write('code/cli.js', 'cli()')
  write('code/emit/templates/paths.hbs', '{{paths}}')
  write('node_modules/markdown/package.json', {
    name: 'markdown',
    version: '1.0.0',
    dependencies: { linkify: '^5' },
  })
  write('node_modules/linkify/package.json', { name: 'linkify', version: '5.0.0' })
  write('node_modules/other/package.json', { name: 'other', version: '1.0.0' })
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

const changes: Record<string, [path: string, content: string | object]> = {
  'its code': ['code/cli.js', 'cli(1)'],
  'a template': ['code/emit/templates/paths.hbs', '{{path}}'],
  'a new file': ['code/emit/templates/client.hbs', ''],
  'its own version': [
    'package.json',
    { name: 'compiler', version: '1.0.1', devDependencies: { markdown: '1' } },
  ],
  'the version of a dependency': [
    'node_modules/markdown/package.json',
    { name: 'markdown', version: '1.0.1', dependencies: { linkify: '^5' } },
  ],
  'the version of what a dependency depends on': [
    'node_modules/linkify/package.json',
    { name: 'linkify', version: '5.0.1' },
  ],
  'a version of its own that a dependency brings': [
    'node_modules/markdown/node_modules/linkify/package.json',
    { name: 'linkify', version: '5.1.0' },
  ],
}

for (const [name, [path, content]] of Object.entries(changes)) {
  test(`differs with ${name}`, ({ folder, write }) => {
    const before = fingerprint(join(folder, 'code'))
    write(path, content)
    assert.is.not(fingerprint(join(folder, 'code')), before)
  })
}

test('differs with the version of Node', ({ folder }) => {
  const before = fingerprint(join(folder, 'code'))
  const versions = Object.getOwnPropertyDescriptor(process, 'versions')!
  try {
    Object.defineProperty(process, 'versions', { ...versions, value: { ...process.versions, node: '0.0.0' } })
    assert.is.not(fingerprint(join(folder, 'code')), before)
  } finally {
    Object.defineProperty(process, 'versions', versions)
  }
})

test('is the same for other times, other packages and another place', ({ folder, write }) => {
  const before = fingerprint(join(folder, 'code'))
  utimesSync(join(folder, 'code/cli.js'), 1, 1)
  write('node_modules/other/package.json', { name: 'other', version: '2.0.0' })
  assert.is(fingerprint(join(folder, 'code')), before)
  symlinkSync(folder, join(folder, 'link'))
  assert.is(fingerprint(join(folder, 'link/code')), before)
})

test.run()
