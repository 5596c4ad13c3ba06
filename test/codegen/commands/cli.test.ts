import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exitCodes } from '../../../codegen/commands/exit-codes.ts'
import { runCommand } from '../../../codegen/commands/main.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

async function run(...args: string[]) {
  const written = { stdout: '', stderr: '' }
  const into = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) })
  const code = await runCommand(args, { stdout: into('stdout'), stderr: into('stderr') })
  return { code, ...written }
}

const test = suite<{ folder: string; docs: string; out: string }>('wechatpay-fetch')

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  context.docs = join(context.folder, 'docs')
  context.out = join(context.folder, 'out')
  cpSync(join(root, 'examples/docs'), context.docs, { recursive: true })
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

const assignPage = 'openapi/v3/smartguide/guides/{guide_id}/assign.md'

test('generate writes spec and TypeScript, and counts', async ({ docs, out }) => {
  const { code, stdout } = await run('generate', '--docs', docs, '--out', out, '--json')
  assert.is(code, 0)
  const summary = JSON.parse(stdout)
  const { read, operations, notifications, v2, moved, index, failed } = summary.pages
  assert.is(read, operations + notifications + v2 + moved + index + failed)
  assert.equal(
    summary.written.map(({ method, path }: Record<string, string>) => `${method} ${path}`),
    [
      'GET /v3/smartguide/guides',
      'POST /v3/smartguide/guides',
      'PATCH /v3/smartguide/guides/{guide_id}',
      'POST /v3/smartguide/guides/{guide_id}/assign',
    ],
  )
  assert.match(
    readFileSync(join(out, 'spec/smartguide.yaml'), 'utf8'),
    /\/v3\/smartguide\/guides\/\{guide_id\}\/assign:/,
  )
  assert.match(
    readFileSync(join(out, 'generated/smartguide/paths.ts'), 'utf8'),
    /'\/v3\/smartguide\/guides\/<guide_id>\/assign'/,
  )
})

test('a page whose file name says nothing gets its path from the samples', async ({ docs, out, folder }) => {
  const page = join(folder, 'page.md')
  cpSync(join(docs, assignPage), page)
  const { code } = await run('generate', '--docs', page, '--out', out)
  assert.is(code, 0)
  assert.match(
    readFileSync(join(out, 'spec/smartguide.yaml'), 'utf8'),
    /\/v3\/smartguide\/guides\/\{guide_id\}\/assign:\n {4}post:/,
  )
})

test('a bad page: its place and exit code 1; the others compile', async ({ docs, out }) => {
  mkdirSync(join(docs, 'openapi/v3/broken'))
  writeFileSync(join(docs, 'openapi/v3/broken/page.md'), '# Nothing here {#post}\n')
  writeFileSync(join(docs, 'openapi/v3/broken/binary.md'), Uint8Array.of(0x23, 0x20, 0x00))
  const { code, stderr } = await run('generate', '--docs', docs, '--out', out)
  assert.is(code, 1)
  assert.match(stderr, /^openapi\/v3\/broken\/page\.md:1:1 error table-missing /m)
  assert.match(stderr, /^openapi\/v3\/broken\/binary\.md:1:3 error file-binary /m)
  assert.match(readFileSync(join(out, 'spec/smartguide.yaml'), 'utf8'), /assign/)
})

test('a page that breaks keeps what the last run made of it, byte for byte', async ({ docs, out }) => {
  await run('generate', '--docs', docs, '--out', out)
  const files = [
    'spec/smartguide.yaml',
    'generated/smartguide/models.ts',
    'generated/smartguide/paths.ts',
    'generated/client.ts',
  ]
  const before = files.map((file) => readFileSync(join(out, file), 'utf8'))
  const page = join(docs, assignPage)
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace('{data-required data-indent=1}', '{data-required data-indent=4}'),
  )
  const { code, stderr } = await run('generate', '--docs', docs, '--out', out)
  assert.is(code, 1)
  assert.match(stderr, /assign\.md:15:3 error indent-jump out_trade_no/)
  assert.match(stderr, /1 kept from the last run/)
  assert.equal(
    files.map((file) => readFileSync(join(out, file), 'utf8')),
    before,
  )
})

test('a folder that does not exist: exit code 3, nothing written', async ({ folder, out }) => {
  const { code, stderr } = await run('generate', '--docs', join(folder, 'nowhere'), '--out', out)
  assert.is(code, 3)
  assert.match(stderr, /nowhere:1:1 error file-unreadable it does not exist/)
  assert.throws(() => readFileSync(join(out, 'generated/client.ts')), /ENOENT/)
})

test('a domain that no page documents: exit code 3', async ({ docs, out }) => {
  const { code, stderr } = await run('generate', '--docs', docs, '--out', out, '--only', 'smartguides')
  assert.is(code, 3)
  assert.match(stderr, /no page documents smartguides/)
})

test('a fault of the program is no finding: exit code 70 and where it is', async ({ docs, out }) => {
  const written = { stderr: '' }
  const code = await runCommand(['generate', '--docs', docs, '--out', out, '--json'], {
    stdout: {
      write() {
        throw new TypeError('a fault')
      },
    },
    stderr: { write: (text: string) => (written.stderr += text) },
  })
  assert.is(code, 70)
  assert.match(written.stderr, /please report it: TypeError: a fault\n +at /)
})

test('an output that cannot be written: exit code 3', async ({ docs, folder }) => {
  writeFileSync(join(folder, 'file'), '')
  const { code, stderr } = await run('generate', '--docs', docs, '--out', join(folder, 'file'))
  assert.is(code, 3, stderr)
})

test('the table of exit codes is that of the documents', () => {
  const text = readFileSync(join(root, 'docs/pipeline.md'), 'utf8')
  const rows = [...text.matchAll(/^\| (\d+) \| (\w+) \|/gm)].map(([, code, name]) => [name, Number(code)])
  assert.equal(Object.fromEntries(rows), exitCodes)
})

test('usage: exit code 2 and what to type', async ({ docs }) => {
  for (const args of [
    [],
    ['generate'],
    ['generat'],
    ['generate', '--dcos', docs],
    ['check', '--docs', docs, '--format', 'xml'],
  ]) {
    const { code, stdout, stderr } = await run(...args)
    assert.is(code, 2, args.join(' '))
    assert.match(stdout + stderr, /generate --docs DIR/)
  }
})

test('check reports drift: exit code 1 and the first line that differs', async ({ docs, out }) => {
  await run('generate', '--docs', docs, '--out', out)
  assert.is((await run('check', '--docs', docs, '--out', out, '--drift')).code, 0)
  const file = join(out, 'spec/smartguide.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('子商户ID', '商户ID'))
  const { code, stdout } = await run('check', '--docs', docs, '--out', out, '--drift')
  assert.is(code, 1)
  assert.match(stdout, /drift differs from what the pages give: line \d+ should be "description: 子商户ID"/)
})

test('check speaks JSON and SARIF', async ({ docs }) => {
  const page = join(docs, assignPage)
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replaceAll("'out_trade_no' => '20150806125346'", "'out_trade_no' => 1"),
  )
  const json = JSON.parse((await run('check', '--docs', docs, '--format', 'json')).stdout)
  assert.is(json.findings[0].rule, 'sample-type')
  const sarif = JSON.parse((await run('check', '--docs', docs, '--format', 'sarif')).stdout)
  assert.is(sarif.version, '2.1.0')
  const [result] = sarif.runs[0].results
  assert.is(result.ruleId, 'sample-type')
  assert.is(result.locations[0].physicalLocation.region.startLine, 15)
})

test('a folder without pages: exit code 3, and nothing is removed', async ({ docs, out, folder }) => {
  await run('generate', '--docs', docs, '--out', out)
  mkdirSync(join(folder, 'empty'))
  for (const command of ['generate', 'check']) {
    const { code } = await run(command, '--docs', join(folder, 'empty'), '--out', out)
    assert.is(code, 3, command)
  }
  assert.ok(readFileSync(join(out, 'spec/smartguide.yaml'), 'utf8'))
})

test('the program itself exits with the code of its command', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'codegen/cli.ts'), 'generat'],
    {
      encoding: 'utf8',
    },
  )
  assert.is(status, 2)
  assert.match(stderr, /unknown command generat/)
})

test.run()
