import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sarifReport } from '../../codegen/commands/check-sarif.ts'
import { textReport } from '../../codegen/commands/check-text.ts'
import { runCommand } from '../../codegen/commands/main.ts'
import { compare } from '../../codegen/diff/compare/compare.ts'
import { markdownReport } from '../../codegen/diff/report/markdown-report.ts'
import { readDocumentation } from '../../codegen/docs/read.ts'
import { hidden, visibleJson } from '../../codegen/hidden.ts'
import { check } from '../../codegen/run/check.ts'
import { generate } from '../../codegen/run/generate.ts'
import { safePath } from '../../codegen/run/safe-path.ts'
import { compile } from '../../codegen/spec/compile.ts'
import { fromYaml, toYaml } from '../../codegen/spec/yaml.ts'
import { review } from '../codegen/diff/report/support/reviews.ts'
import { document, operation, post } from '../codegen/diff/support/spec.ts'
import { withFolder } from '../codegen/support/folder.ts'
import { page } from '../codegen/support/page.ts'
import { read } from '../codegen/support/read.ts'

/** What a page can and cannot make a reviewer, a terminal or a log believe. */
const fields = ['| pen_id {data-required} | string | 笔编号']

const run = async (...args: string[]) => {
  const parts: string[] = []
  const stream = { write: (part: string) => parts.push(part) }
  const code = await runCommand(args, { stdout: stream, stderr: stream })
  return { code, text: parts.join('') }
}

for (const [name, character] of [
  ['a zero-width space', '\u200b'],
  ['an override of direction', '\u202e'],
  ['an escape', '\u001b'],
  ['a filler of Hangul', '\u3164'],
] as const) {
  test(`${name} in an enum is a finding at its place, and so it is in prose`, () => {
    const row = `| state | string | 状态<br/>\`SUC${character}CESS\` \\| \`FAIL\` 枚举值之一`
    const text = page({ response: [row] })
    const line = text.split('\n').indexOf(row) + 1
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    assert.equal(read(text).findings, [
      `${line}:${row.indexOf(character) + 1} warning text-hidden the line has a U+${code}, which nobody sees: remove it`,
    ])
    const prose = read(page({ response: fields, above: `注${character}意` }))
    assert.is(prose.findings.length, 1)
    assert.match(prose.findings[0]!, 'warning text-hidden')
  })
}

test('whatever a spec holds, its YAML has no hidden character and reads back the same', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          '\u202e',
          '\u200b',
          '\u0001',
          '\u{e0041}',
          '\n',
          '"',
          '\\x01u200b',
          '\\',
          "'",
          'a',
          '笔',
          ': ',
          '#',
        ),
      }),
      (title) => {
        const spec = document({ paths: { [`/v3/${title}`]: { post: operation({ summary: title }) } } })
        const yaml = toYaml(spec)
        assert.not.ok(
          yaml.match(hidden)?.some((one) => one !== '\n'),
          JSON.stringify(yaml),
        )
        assert.equal(fromYaml(yaml), spec)
      },
    ),
  )
})

test('a file name cannot write a command into the log, nor a title into the report', async () => {
  const name = '::error file=a.ts,line=1::all is well\u001b[2J\u202e ##[add-mask]x.md'
  await withFolder({ [`docs/${name}`]: '# 空', 'docs/b.md': page({ response: fields }) }, async (folder) => {
    const result = await check({ docs: join(folder, 'docs') })
    const { text } = await run('generate', '--docs', join(folder, 'docs'), '--out', join(folder, 'out'))
    for (const [what, report] of Object.entries({
      text: textReport(result),
      sarif: sarifReport(result),
      json: visibleJson(result),
      generate: text,
    })) {
      assert.match(report, /all(?: |%20)is/, what)
      assert.not.match(report, /^\s*::|##\[/m, what)
      assert.not.ok(
        report.match(hidden)?.some((one) => one !== '\n'),
        what,
      )
    }
  })
})

test('text of a page refers to no issue, commit or person in a pull request', () => {
  const text =
    'fixes GH-1, closes #2, org/repo#3, @maintainer, 0123abc, da39a3ee5e6b4b0d3255bfef95601890afd80709'
  const { changes } = compare(post({ summary: 'a' }), post({ summary: text }))
  const body = markdownReport(review(changes))
  assert.match(body.replaceAll('<!-- -->', ''), 'fixes GH-1, closes #2')
  for (const reference of [
    /GH-1/,
    /#\d/,
    /@maintainer/,
    /\b0123abc\b/,
    /\bda39a3ee5e6b4b0d3255bfef95601890afd80709\b/,
  ])
    assert.not.match(body, reference)
  assert.match(body, `<code>${changes[0]!.fingerprint}</code>`)
})

for (const address of [
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'file:///etc',
  'vbscript:x',
])
  test(`diff refuses links to ${JSON.stringify(address)}`, async () => {
    for (const option of ['--pages-url', '--spec-url']) {
      const { code, text } = await run('diff', 'spec', 'spec', '--format', 'html', option, address)
      assert.is(code, 2)
      assert.match(text, option)
    }
  })

test('a moved page has a path like any other', async () => {
  const moved = (target: string) => `---\ntitle: Moved to ${target}\n---\n`
  const pages = {
    'openapi/v3/pens/new.md': page({ path: 'v3/pens/new', response: fields }),
    'openapi/v3/pens/old.md': moved('/openapi/v3/pens/new'),
    'openapi/v3/pens/{out-trade_no}.md': moved('/openapi/v3/pens/new'),
    'openapi/v3/webhooks/x.md': moved('/openapi/v3/pens/new'),
    'openapi/v3/node_modules/x.md': moved('/openapi/v3/pens/new'),
  }
  await withFolder(pages, async (folder) => {
    const { documents, findings } = compile(await readDocumentation(folder))
    assert.equal(
      findings.filter(({ severity }) => severity === 'error').map(({ file, rule }) => `${file} ${rule}`),
      [
        'openapi/v3/node_modules/x.md path-unknown',
        'openapi/v3/pens/{out-trade_no}.md path-unknown',
        'openapi/v3/webhooks/x.md path-unknown',
      ],
    )
    assert.equal(Object.keys(documents.get('pens')!.paths!), ['/v3/pens/new', '/v3/pens/old'])
  })
})

test('names that only - and _ tell apart are reported: variables as an error, fields as a warning', () => {
  const twin = read(
    page({ path: 'v3/pens/{out-trade_no}', response: fields }),
    'openapi/v3/pens/{out-trade_no}.md',
  )
  assert.ok(twin.findings.some((one) => one.includes('error path-unknown')))
  const { findings } = read(
    page({ response: ['| out_trade_no | string | 单号', '| out-trade_no | string | 单号'] }),
  )
  assert.is(findings.length, 1)
  assert.match(findings[0]!, 'warning name-alike out-trade_no is hardly told from out_trade_no')
})

for (const domain of ['con', 'nul', 'com1', 'lpt9', 'aux', 'node_modules'])
  test(`no domain is named ${domain}`, () => {
    const { findings, operations } = read(page({ path: `v3/${domain}/pens`, response: fields }))
    assert.equal(operations, [])
    assert.match(findings.join(), 'error path-unknown')
    for (const path of [`spec/${domain}.yaml`, `generated/${domain}/models.ts`])
      if (domain !== 'node_modules' || path.includes(`/${domain}/`))
        assert.throws(() => safePath('out', path), RangeError)
  })

for (const link of ['spec', 'generated', 'generated/pens', '.wechatpay-fetch'])
  test(`a link ${link} inside --out is not followed`, async () => {
    const pages = { 'docs/openapi/v3/pens.md': page({ response: fields }), 'away/kept.txt': 'mine' }
    await withFolder(pages, async (folder) => {
      const out = join(folder, 'out')
      mkdirSync(join(out, link, '..'), { recursive: true })
      symlinkSync(join(folder, 'away'), join(out, link))
      const thrown = await generate({ docs: join(folder, 'docs'), out }).then(
        () => undefined,
        (error: Error) => error,
      )
      assert.match(thrown!.message, `${link} is a symbolic link`)
      assert.equal(readFileSync(join(folder, 'away/kept.txt'), 'utf8'), 'mine')
      assert.not.ok(existsSync(join(folder, 'away/pens.yaml')))
      assert.not.ok(existsSync(join(folder, 'away/models.ts')))
    })
  })

test('a file that is a link is replaced, and its target stays', async () => {
  await withFolder(
    { 'docs/openapi/v3/pens.md': page({ response: fields }), 'away.yaml': 'mine' },
    async (folder) => {
      const out = join(folder, 'out')
      mkdirSync(join(out, 'spec'), { recursive: true })
      symlinkSync(join(folder, 'away.yaml'), join(out, 'spec/pens.yaml'))
      writeFileSync(join(folder, 'away.yaml'), 'mine')
      await generate({ docs: join(folder, 'docs'), out })
      assert.is(readFileSync(join(folder, 'away.yaml'), 'utf8'), 'mine')
      assert.match(readFileSync(join(out, 'spec/pens.yaml'), 'utf8'), '/v3/pens')
    },
  )
})

test.run()
