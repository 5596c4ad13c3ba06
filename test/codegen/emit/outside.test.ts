import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readDocumentation } from '../../../codegen/docs/read.ts'
import { generate } from '../../../codegen/run/generate.ts'
import { Output } from '../../../codegen/run/output.ts'
import { recover, Transaction } from '../../../codegen/run/transaction.ts'
import { compile } from '../../../codegen/spec/compile.ts'
import { withFolder } from '../support/folder.ts'
import { notificationPage, page } from '../support/page.ts'

const leading = [
  '../outside.ts',
  'a/../../outside.ts',
  '/etc/outside.ts',
  'a//b.ts',
  './a.ts',
  'a/.hidden',
  'a\\..\\b.ts',
  'a\0b.ts',
  '',
  '{pen_id}/a.ts',
  '-rf/a.ts\n',
]

test('no path that leads out of the folder is written or removed', async () => {
  await withFolder({ 'outside.ts': 'mine' }, async (folder) => {
    const root = join(folder, 'out')
    for (const path of leading) {
      const output = new Output(root)
      for (const [files, removals] of [
        [new Map([[path, 'theirs']]), []],
        [new Map<string, string>(), [path]],
      ] as const) {
        const refused = await output.apply(files, [...removals]).then(
          () => false,
          () => true,
        )
        assert.ok(refused, JSON.stringify(path))
      }
    }
    assert.is(readFileSync(join(folder, 'outside.ts'), 'utf8'), 'mine')
    assert.equal(
      readdirSync(folder).filter((name) => name !== 'out'),
      ['outside.ts'],
    )
  })
})

test('a planted journal moves and removes nothing outside the folder', async () => {
  await withFolder({ 'outside.ts': 'mine', 'away/kept.ts': 'mine' }, (folder) => {
    const root = join(folder, 'out')
    for (const journal of [
      { moves: [['0', '../outside.ts']], removals: [] },
      { moves: [['../../../outside.ts', 'inside.ts']], removals: [] },
      { moves: [], removals: ['../away'] },
      { moves: [], removals: ['.'] },
      { moves: 'x', removals: null },
    ]) {
      const staging = join(root, '.wechatpay-fetch/staged-999999999')
      mkdirSync(staging, { recursive: true })
      writeFileSync(join(staging, '0'), 'theirs')
      writeFileSync(join(staging, 'journal.json'), JSON.stringify(journal))
      writeFileSync(join(root, 'kept.ts'), 'mine')
      try {
        recover(root)
      } catch {
        // Refusing is fine.
      }
      for (const path of ['outside.ts', 'away/kept.ts', 'out/kept.ts'])
        assert.is(
          existsSync(join(folder, path)) && readFileSync(join(folder, path), 'utf8'),
          'mine',
          JSON.stringify(journal),
        )
      assert.not.ok(existsSync(join(root, 'inside.ts')))
    }
    const honest = new Transaction(root)
    honest.write('spec/a.yaml', 'a')
    honest.commit()
    assert.is(readFileSync(join(root, 'spec/a.yaml'), 'utf8'), 'a')
  })
})

test('pages whose names or paths lead elsewhere are written to the output folder only', async () => {
  const call = (path: string) => `\`\`\`php [同步声明式]\n$instance->chain('${path}')->post([]);\n\`\`\``
  const pages = {
    'docs/openapi/v3/pens.md': page({}),
    'docs/openapi/v3/a..%2f..%2foutside.md': page({ samples: call('v3/a..%2f..%2foutside') }),
    'docs/a..md': page({ samples: call('v3/../../outside') }),
    'docs/b.md': page({ samples: call('v3/{x}/outside') }),
    'docs/c.md': page({ samples: call('v3/client.ts/outside') }),
    'docs/d.md': page({ samples: call('v3/webhooks/outside') }),
    'docs/webhook/v3/A..md': notificationPage({ event: 'A.' }),
    'docs/webhook/v3/__proto__.md': notificationPage({ event: '__proto__' }),
  }
  await withFolder(pages, async (folder) => {
    const { findings } = await generate({ docs: join(folder, 'docs'), out: join(folder, 'out') })
    const failed = findings.filter(({ severity }) => severity === 'error').map(({ file }) => file)
    assert.is(new Set(failed).size, Object.keys(pages).length - 1)
    assert.equal(readdirSync(folder).sort(), ['docs', 'out'])
    assert.equal(readdirSync(join(folder, 'out')).sort(), ['generated', 'spec'])
    assert.equal(readdirSync(join(folder, 'out/spec')), ['pens.yaml'])
    assert.equal(
      readdirSync(join(folder, 'out/generated')).filter((name) => !name.endsWith('.ts')),
      ['pens'],
    )
  })
})

/** Two pages that would have the same name: the second is an error. */
const twins: [name: string, pages: Record<string, string>][] = [
  ['one operation', { 'a.md': page({}), 'b.md': page({}) }],
  [
    'operations of one name',
    { 'a.md': page({ path: 'v3/pens/a-b' }), 'b.md': page({ path: 'v3/pens/a_b' }) },
  ],
  ['domains of one name', { 'a.md': page({ path: 'v3/pens-2/a' }), 'b.md': page({ path: 'v3/pens2/b' }) }],
  [
    'one event',
    { 'webhook/v3/a/PEN.SOLD.md': notificationPage({}), 'webhook/v3/b/PEN.SOLD.md': notificationPage({}) },
  ],
  [
    'events of one name',
    {
      'webhook/v3/PEN.SOLD.md': notificationPage({}),
      'webhook/v3/PEN_SOLD.md': notificationPage({ event: 'PEN_SOLD' }),
    },
  ],
]

for (const [name, pages] of twins) {
  test(`two pages of ${name} are an error, and neither replaces the other`, async () => {
    await withFolder(pages, async (folder) => {
      const { documents, findings } = compile(await readDocumentation(folder))
      assert.is(findings.filter(({ severity }) => severity === 'error').length, 1)
      const made = [...documents.values()].flatMap(({ paths, webhooks }) =>
        Object.keys({ ...paths, ...webhooks }),
      )
      assert.is(made.length, 1)
    })
  })
}

test.run()
