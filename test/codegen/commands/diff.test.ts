import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { runCommand } from '../../../codegen/commands/main.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

async function run(...args: string[]) {
  const written = { stdout: '', stderr: '' }
  const into = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) })
  const code = await runCommand(['diff', ...args], { stdout: into('stdout'), stderr: into('stderr') })
  return { code, ...written }
}

const test = suite<{ folder: string; before: string; after: string; accepted: string }>(
  'wechatpay-fetch diff',
)

// The spec of the example, and a copy in which one request property is required.
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  context.before = join(context.folder, 'before')
  context.after = join(context.folder, 'after')
  context.accepted = join(context.folder, 'accepted.yaml')
  for (const side of [context.before, context.after])
    cpSync(join(root, 'examples/spec'), side, { recursive: true })
  edit(join(context.after, 'smartguide.yaml'), /( +- corpid\n)/, '$1                - group_qrcode\n')
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

function edit(file: string, from: RegExp, to: string) {
  const text = readFileSync(file, 'utf8')
  assert.match(text, from)
  writeFileSync(file, text.replace(from, to))
}

test('text: both judgements, file and line, exit code 0', async ({ before, after, accepted }) => {
  const { code, stdout, stderr } = await run(before, after, '--accepted', accepted)
  assert.is(code, 0)
  assert.is(stderr, '')
  assert.match(
    stdout,
    /wire breaking {2}types breaking {2}.*`group_qrcode`.*request-property-became-required/,
  )
  assert.match(stdout, /after\/smartguide\.yaml:\d+/)
})

test('equal sides: no changes', async ({ before, accepted }) => {
  const { code, stdout } = await run(before, before, '--fail-on', 'warning', '--accepted', accepted)
  assert.is(code, 0)
  assert.match(stdout, /No changes\./)
})

test('--fail-on: exit code 1, by judgement', async ({ before, after, accepted }) => {
  const code = async (...args: string[]) => (await run(before, after, '--accepted', accepted, ...args)).code
  assert.is(await code('--fail-on', 'breaking'), 1)
  assert.is(await code('--fail-on', 'breaking', '--judgement', 'wire'), 1)
  // Harmless with swapped sides.
  assert.is((await run(after, before, '--fail-on', 'breaking', '--accepted', accepted)).code, 0)
})

test('every format', async ({ before, after, accepted, folder }) => {
  const out = async (format: string) => {
    const file = join(folder, 'reports', format)
    const { code, stdout } = await run(
      before,
      after,
      '--format',
      format,
      '--out',
      file,
      '--accepted',
      accepted,
    )
    assert.is(code, 0)
    assert.is(stdout, '')
    return readFileSync(file, 'utf8')
  }
  assert.is(JSON.parse(await out('json')).summary.wire.breaking, 1)
  assert.match(await out('markdown'), /<details open><summary><b>smartguide<\/b>: 1 breaking/)
  assert.match(await out('html'), /^<!doctype html>/)
  assert.match(await out('github'), /^::error file=.*smartguide\.yaml,line=\d+,title=/)
  assert.match(await out('text'), /1 breaking/)
})

test('--lang zh', async ({ before, after, accepted }) => {
  const { stdout } = await run(before, after, '--lang', 'zh', '--accepted', accepted)
  assert.match(stdout, /线上 不兼容.*`group_qrcode`/)
})

test('--only another domain: no changes', async ({ before, after, accepted }) => {
  const { stdout } = await run(before, after, '--only', 'pay', '--accepted', accepted)
  assert.match(stdout, /No changes\./)
})

test('--accept: an accepted change no longer fails; its entry becomes stale later', async ({
  before,
  after,
  accepted,
}) => {
  const report = async (...sides: string[]) =>
    JSON.parse((await run(...sides, '--format', 'json', '--accepted', accepted)).stdout)
  const [{ fingerprint }] = (await report(before, after)).changes
  const kept = await run(
    before,
    after,
    '--accept',
    fingerprint,
    '--reason',
    'announced: in "May"',
    '--accepted',
    accepted,
  )
  assert.is(kept.code, 0, kept.stderr)
  assert.match(kept.stderr, new RegExp(fingerprint))
  const accepting = await report(before, after)
  assert.equal(accepting.changes, [])
  assert.is(accepting.accepted[0].reason, 'announced: in "May"')
  assert.is((await run(before, after, '--fail-on', 'warning', '--accepted', accepted)).code, 0)
  assert.is((await report(before, before)).stale[0].fingerprint, fingerprint)
  assert.ok(parse(readFileSync(accepted, 'utf8')))
})

test('--accept of an unknown fingerprint: exit code 3, nothing written', async ({
  before,
  after,
  accepted,
}) => {
  const { code, stderr } = await run(before, after, '--accept', '00', '--reason', 'x', '--accepted', accepted)
  assert.is(code, 3)
  assert.match(stderr, /no change has the fingerprint 00/)
  assert.throws(() => readFileSync(accepted), /ENOENT/)
})

test('a malformed file of accepted changes: exit code 3 and its line', async ({
  before,
  after,
  accepted,
}) => {
  writeFileSync(accepted, '# mine\n- fingerprint: "0000000000000000"\n  rule: api-removed\n')
  const { code, stderr } = await run(before, after, '--accepted', accepted)
  assert.is(code, 3)
  assert.match(stderr, /accepted\.yaml:2 has no reason/)
})

test('--rules prints the table', async () => {
  assert.match((await run('--rules')).stdout, /request-property-became-required/)
  assert.match(
    (await run('--rules', '--format', 'markdown')).stdout,
    /\| `?request-property-became-required`? *\|/,
  )
})

test('folders of pages are compiled', async ({ folder, accepted }) => {
  const [before, after] = ['pages-before', 'pages-after'].map((name) => join(folder, name)) as [
    string,
    string,
  ]
  for (const side of [before, after]) cpSync(join(root, 'examples/docs'), side, { recursive: true })
  const page = 'openapi/v3/smartguide/guides/{guide_id}/assign.md'
  edit(
    join(after, page),
    /\| out_trade_no \{data-required data-indent=1\} \| string \|/,
    '| out_trade_no {data-required data-indent=1} | string[] |',
  )
  const { code, stdout, stderr } = await run(before, after, '--accepted', accepted)
  assert.is(code, 0, stderr)
  assert.match(stdout, /`out_trade_no`/)
  writeFileSync(join(after, page), '# Nothing here {#post}\n')
  const broken = await run(before, after, '--accepted', accepted)
  assert.is(broken.code, 3)
  assert.match(broken.stderr, /pages that do not compile.*\n.*assign\.md:1:1 error/)
})

test('unreadable input: exit code 3 and what is wrong', async ({ before, folder, accepted }) => {
  for (const side of [join(folder, 'nowhere'), 'no-such-revision', 'HEAD:no/such/folder']) {
    const { code, stdout, stderr } = await run(before, side, '--accepted', accepted)
    assert.is(code, 3, side)
    assert.is(stdout, '')
    assert.ok(stderr.includes(side.split(':').at(-1)!.split('/').at(-1)!), stderr)
  }
})

test('usage: exit code 2', async ({ before, after }) => {
  for (const args of [
    [],
    [before],
    [before, after, after],
    [before, after, '--format', 'xml'],
    [before, after, '--lang', 'fr'],
    [before, after, '--fail-on', 'info'],
    [before, after, '--judgement', 'both'],
    [before, after, '--accept', '00'],
    [before, after, '--watch'],
  ]) {
    const { code, stderr } = await run(...args)
    assert.is(code, 2, args.join(' '))
    assert.match(stderr, /diff {5}OLD NEW/)
  }
})

test('a revision against the working tree: "main.."', ({ folder, after }) => {
  const here = join(folder, 'repository')
  mkdirSync(here)
  cpSync(join(root, 'examples/spec'), join(here, 'spec'), { recursive: true })
  const git = (...args: string[]) => {
    const { status, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=x', '-c', 'user.email=x@example.test', ...args],
      {
        cwd: here,
        encoding: 'utf8',
      },
    )
    assert.is(status, 0, stderr)
  }
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '.')
  git('commit', '--quiet', '--message', 'x')
  cpSync(after, join(here, 'spec'), { recursive: true })
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      import.meta.resolve('tsx'),
      join(root, 'codegen/cli.ts'),
      'diff',
      'main..',
      '--fail-on',
      'breaking',
    ],
    { cwd: here, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  )
  assert.is(status, 1, stderr)
  assert.match(stdout, /^main → working tree\n/)
  assert.match(stdout, /spec\/smartguide\.yaml:\d+/)
})

test.run()
