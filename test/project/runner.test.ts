import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

// uvu runs nothing, silently, when .run() is forgotten. The runner must not.
const root = fileURLToPath(new URL('../../', import.meta.url))

const test = suite<{ folder: string }>('the test runner')

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  symlinkSync(join(root, 'node_modules'), join(context.folder, 'node_modules'))
  writeFileSync(join(context.folder, 'package.json'), '{ "type": "module" }')
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

function run(folder: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'test/run.ts'), folder],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  return { status, last: stdout.trimEnd().split('\n').at(-1), stderr }
}

test('a file that never called run() fails the run', ({ folder }) => {
  writeFileSync(
    join(folder, 'good.test.ts'),
    "import { test } from 'uvu'\ntest('one', () => {})\ntest.run()\n",
  )
  writeFileSync(join(folder, 'silent.test.ts'), "import { test } from 'uvu'\ntest('two', () => {})\n")
  const { status, last, stderr } = run(folder)
  assert.is(status, 1)
  assert.is(last, '1 passed, 1 failed')
  assert.match(stderr, /silent\.test\.ts registered no test/)
})

test('a failing test fails the run, and the last line counts', ({ folder }) => {
  writeFileSync(
    join(folder, 'bad.test.ts'),
    "import { test } from 'uvu'\ntest('one', () => {})\ntest('two', () => { throw new Error('no') })\ntest.run()\n",
  )
  const { status, last } = run(folder)
  assert.is(status, 1)
  assert.is(last, '1 passed, 1 failed')
})

test('a folder without tests fails the run', ({ folder }) => {
  assert.is(run(folder).status, 1)
})

test.run()
