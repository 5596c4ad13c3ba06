import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommand } from '../../codegen/command-line.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

const test = suite<{ folder: string }>('review')

const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n\n- By hand.\n'

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  cpSync(join(root, 'examples/spec'), join(context.folder, 'spec'), { recursive: true })
  writeFileSync(join(context.folder, 'package.json'), '{ "version": "0.1.0" }')
  writeFileSync(join(context.folder, 'CHANGELOG.md'), changelog)
  git(context.folder, 'init', '--quiet', '--initial-branch', 'main')
  git(context.folder, 'add', '.')
  git(context.folder, 'commit', '--quiet', '--message', 'x')
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

function git(cwd: string, ...args: string[]) {
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.test']
  const { status, stderr } = spawnSync('git', [...who, ...args], { cwd, encoding: 'utf8' })
  assert.is(status, 0, stderr)
}

async function review(cwd: string, ...args: string[]) {
  const told = { stdout: '', stderr: '' }
  const into = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (told[name] += text) })
  const before = process.cwd()
  process.chdir(cwd)
  try {
    const status = await runCommand(['review', ...args], { stdout: into('stdout'), stderr: into('stderr') })
    return { status, ...told }
  } finally {
    process.chdir(before)
  }
}

function require(folder: string, name: string) {
  const file = join(folder, 'spec/smartguide.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/( +- )corpid\n/, `$&$1${name}\n`))
}

test('the page, the counts, and a draft with the version it asks for; nothing else is written', async ({
  folder,
}) => {
  require(folder, 'group_qrcode')
  const { status, stdout, stderr } = await review(folder)
  assert.is(status, 0, stderr)
  assert.match(stdout, /^wire {3}1 breaking, 0 warning, 0 info/)
  assert.match(
    stdout,
    /### API\n\nWhat the documentation changed asks for a minor version, 0\.2\.0\.\n\nBreaking/,
  )
  assert.match(stdout, /- `POST \/v3\/smartguide\/guides`: .*`group_qrcode`/)
  const html = readFileSync(join(folder, 'out/review.html'), 'utf8')
  assert.match(html, /\.\.\/spec\/smartguide\.yaml#L\d+/)
  assert.is(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'), changelog)
})

test('--write puts the draft below Unreleased, once', async ({ folder }) => {
  require(folder, 'group_qrcode')
  for (let n = 0; n < 2; n++) assert.is((await review(folder, '--write')).status, 0)
  const written = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')
  assert.match(written, /## Unreleased\n\n### API\n[\s\S]*group_qrcode[\s\S]*\n\n### Added\n\n- By hand\.\n$/)
  assert.is(written.match(/### API/g)!.length, 1)
})

test('nothing changed: no draft', async ({ folder }) => {
  const { status, stdout } = await review(folder, '--write')
  assert.is(status, 0)
  assert.not.match(stdout, /###/)
  assert.is(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'), changelog)
})

test('a base that does not exist: exit code 3, and nothing is written', async ({ folder }) => {
  const { status, stderr } = await review(folder, '--base', 'v9')
  assert.is(status, 3)
  assert.match(stderr, /v9/)
  assert.not.ok(existsSync(join(folder, 'out')))
})

test.run()
