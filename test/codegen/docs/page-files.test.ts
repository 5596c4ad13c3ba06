import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { format } from '../../../codegen/docs/diagnostics.ts'
import { readDocumentation } from '../../../codegen/docs/read.ts'
import { processorTime } from '../../support/processor-time.ts'
import { withFolder } from '../support/folder.ts'
import { page } from '../support/page.ts'

const good = { 'openapi/v3/pens.md': page({}) }

async function findingsIn(docs: string) {
  const { pages, findings } = await readDocumentation(docs)
  const compiled = pages.filter(({ operations }) => operations.length > 0).map(({ file }) => file)
  return { compiled, findings: findings.map(format), files: pages.map(({ file }) => file) }
}

const faults: [name: string, content: string | Uint8Array, finding: string][] = [
  ['an empty file', '', '1:1 error file-empty'],
  ['a file of blanks', '\ufeff \r\n\t\n', '1:1 error file-empty'],
  ['a file with a NUL byte', 'ab\n写\0', '2:2 error file-binary'],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), '1:1 error file-binary'],
  [
    'a byte that is not UTF-8',
    Uint8Array.of(0x61, 10, 0xe5, 0x86, 0x99, 0xff, 0x62),
    '2:2 error file-binary',
  ],
  ['a character cut in two', Uint8Array.of(0x61, 10, 0x62, 0xe5, 0x86), '2:2 error file-binary'],
  ['a huge file', `# 写信 {#post}\n${'a\n'.repeat(600_000)}`, '1:1 error file-size'],
  ['a file of too many lines', 'a\n'.repeat(20_000), '20001:1 error file-size'],
  ['an endless line', `# 写信 {#post}\n\n${'a'.repeat(10_000)}`, '3:8193 error line-length'],
  ['an endless paragraph', `# 写信 {#post}\n\n${`${'a'.repeat(80)}\n`.repeat(400)}`, '3:1 error markdown'],
  ['a paragraph of attributes', `# 写信 {#post}\n\n\n${'*a*{.b} '.repeat(40)}`, '4:1 error markdown'],
  [
    'a name of 100,000 characters',
    page({ request: [`| ${'a'.repeat(100_000)} | string | 名`] }),
    '12:8193 error line-length',
  ],
  [
    'a name of 1,000 characters',
    page({ path: 'v3/bad', request: [`| ${'a'.repeat(1000)} | string | 名`] }),
    '12:3 error name-invalid',
  ],
]

for (const [name, content, finding] of faults) {
  test(`${name} is reported at its place, quickly, and the other pages compile`, async () => {
    await withFolder({ ...good, 'openapi/v3/bad.md': content }, async (folder) => {
      const spent = processorTime()
      const { compiled, findings } = await findingsIn(folder)
      assert.ok(spent() < 500)
      assert.equal(compiled, ['openapi/v3/pens.md'])
      assert.is(findings.length, 1)
      assert.match(findings[0]!, `openapi/v3/bad.md:${finding}`)
    })
  })
}

test('a missing folder or file, or a file in place of a folder, is an error without the path on this machine', async () => {
  await withFolder({ 'docs/a.txt': 'a', 'docs/pipe.md/b.txt': '' }, async (folder) => {
    const { findings } = await findingsIn(join(folder, 'missing'))
    assert.equal(findings, ['missing:1:1 error file-unreadable it does not exist'])
    const below = await findingsIn(join(folder, 'docs/a.txt/b.md'))
    assert.equal(below.findings, ['b.md:1:1 error file-unreadable it is not a folder'])
    assert.equal(await findingsIn(join(folder, 'docs')), { compiled: [], findings: [], files: [] })
  })
})

test('a folder without read permission is an error; the rest compiles', async () => {
  if (process.getuid?.() === 0) return
  await withFolder({ ...good, 'shut/a.md': page({}) }, async (folder) => {
    chmodSync(join(folder, 'shut'), 0)
    try {
      const { compiled, findings } = await findingsIn(folder)
      assert.equal(findings, ['shut:1:1 error file-unreadable permission denied'])
      assert.equal(compiled, ['openapi/v3/pens.md'])
    } finally {
      chmodSync(join(folder, 'shut'), 0o700)
    }
  })
})

test('a folder that vanishes while it is read is an error that names it', async () => {
  await withFolder(good, async (folder) => {
    const reading = findingsIn(folder)
    rmSync(folder, { recursive: true })
    const { findings } = await reading
    assert.equal(findings, [`${basename(folder)}:1:1 error file-unreadable it does not exist`])
  })
})

test('a pipe among the pages is an error and does not hang', async () => {
  await withFolder(good, async (folder) => {
    if (spawnSync('mkfifo', [join(folder, 'pipe.md')]).status !== 0) return
    symlinkSync('pipe.md', join(folder, 'to-pipe.md'))
    const { compiled, findings } = await findingsIn(folder)
    assert.equal(findings, [
      'pipe.md:1:1 error file-unreadable it is not a file',
      'to-pipe.md:1:1 error file-unreadable it is not a file',
    ])
    assert.is(compiled.length, 1)
  })
})

test('links are followed to files inside the folder only; circles and dead ends are errors', async () => {
  await withFolder({ 'outside/secret.md': page({}), 'docs/a/letter.md': page({}) }, async (folder) => {
    const docs = join(folder, 'docs')
    const link = (target: string, path: string) => symlinkSync(target, join(docs, path))
    link('a/letter.md', 'inside.md')
    link('../outside/secret.md', 'secret.md')
    link('../outside', 'outside')
    link('.', 'here')
    link('../docs', 'again')
    link('two.md', 'one.md')
    link('one.md', 'two.md')
    link('nowhere.md', 'dead.md')
    link('gone', '.#editor.md')
    link('a', 'folder.md')
    const { compiled, findings, files } = await findingsIn(docs)
    assert.equal(compiled, ['a/letter.md', 'inside.md'])
    assert.not.ok(files.includes('secret.md'))
    assert.equal(findings, [
      'dead.md:1:1 error file-unreadable it does not exist',
      'folder.md:1:1 error file-unreadable it is a folder',
      'one.md:1:1 error file-unreadable its links form a circle',
      'outside:1:1 warning file-outside the link leads out of the documentation folder',
      'secret.md:1:1 warning file-outside the link leads out of the documentation folder',
      'two.md:1:1 error file-unreadable its links form a circle',
    ])
  })
})

test('a folder that only begins with the same name is outside', async () => {
  await withFolder({ 'docs/a.txt': '', 'docs-old/b.md': page({}) }, async (folder) => {
    symlinkSync('../docs-old/b.md', join(folder, 'docs/b.md'))
    const { compiled, findings } = await findingsIn(join(folder, 'docs'))
    assert.equal(compiled, [])
    assert.match(findings.join(), 'b.md:1:1 warning file-outside')
  })
})

test('pages are in the order of their paths; v2 and index pages have no operations', async () => {
  const files = {
    'openapi/index.md': '| 组 {rowspan=1} | [甲](/openapi/v3/pens) {colspan=2}',
    'openapi/v2/pay.md': 'anything',
    'openapi/v3/pens.md': page({}),
    'openapi/v3/inks.md': page({ path: 'v3/inks' }),
    'my-openapi/index.md': page({ path: 'v3/caps' }),
    'webhook/index.md': 'anything',
  }
  await withFolder(files, async (folder) => {
    mkdirSync(join(folder, '.git'))
    writeFileSync(join(folder, '.git/notes.md'), 'anything')
    const { pages, index, findings } = await readDocumentation(folder)
    assert.equal(findings, [])
    assert.equal(
      pages.map(({ file, kind, operations }) => `${file} ${kind} ${operations.length}`),
      [
        'my-openapi/index.md operations 1',
        'openapi/index.md index 0',
        'openapi/v2/pay.md v2 0',
        'openapi/v3/inks.md operations 1',
        'openapi/v3/pens.md operations 1',
        'webhook/index.md index 0',
      ],
    )
    assert.is(index.get('openapi/v3/pens.md')?.group, '组')
  })
})

test('a finding is one line without control characters', async () => {
  const name = 'a\u001b[31m\u202e\nb.md'
  const text = page({ request: ['| \u001b[31mpen\u202e\u2028 | string | 笔'] })
  await withFolder({ [name]: text }, async (folder) => {
    const { findings } = await findingsIn(folder)
    assert.is(findings.length, 2)
    for (const finding of findings) assert.not.match(finding, /[\p{Cc}\p{Cf}\u2028\u2029]/u)
    assert.match(findings[0]!, 'a\\u{1b}[31m\\u{202e}\\u{a}b.md:12:3 error name-invalid')
  })
})

test.run()
