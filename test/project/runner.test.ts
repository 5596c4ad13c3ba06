import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))

const beats = join(folder, 'beats')
const beating = `setInterval(() => require('fs').appendFileSync(${JSON.stringify(beats)}, '.'), 20)`

/** Test files, without what all of them import, and what the runner must say of each besides its tests. */
const files: Record<string, { text: string; failure?: string }> = {
  'calm.test.ts': {
    text: `console.log('calm begins'); test('one', () => sleep(300).then(() => console.log('calm ends'))); test.run()`,
  },
  'crash.test.ts': {
    text: `test('one', () => process.exit(0)); test.run()`,
    failure: 'ended its process before its tests were done (exit code 0)',
  },
  'fail.test.ts': {
    text: `test('good', () => {}); test('bad', () => assert.is('here', 'there')); test.run()`,
    failure: ': 1 of 2 tests failed',
  },
  'hang.test.ts': {
    text: `spawn(process.execPath, ['-e', ${JSON.stringify(beating)}]); test('one', () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) }); test.run()`,
    failure: 'took longer than 3 s and was stopped',
  },
  'hook.test.ts': {
    text: `test.before(() => { throw new Error('no') }); test('one', () => {}); test.run()`,
    failure: ': 1 of 1 tests failed',
  },
  'late.test.ts': {
    text: `test('one', () => {}); test.after(() => { setTimeout(() => Promise.reject(new Error('afterwards')), 100) }); test.run()`,
    failure: 'ended its process before its tests were done (exit code 1)',
  },
  'open.test.ts': { text: `createServer().listen(0); test('one', () => {}); test.run()` },
  'silent.test.ts': {
    text: `test('two', () => {})`,
    failure: 'registered no test: does it end with test.run()?',
  },
  'unloadable.test.ts': { text: `throw new Error('not today')`, failure: 'could not be loaded' },
  'zest.test.ts': {
    text: `console.log('zest begins'); test('one', () => sleep(300).then(() => console.log('zest ends'))); test.run()`,
  },
}

const imports = `
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
void [spawn, createServer, sleep, test, assert]
`

symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
for (const [name, { text }] of Object.entries(files)) writeFileSync(join(folder, name), imports + text)

const { NO_COLOR, FORCE_COLOR, ...environment } = process.env

function run(env: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'test/run.ts'), folder, ...args],
    { cwd: root, encoding: 'utf8', env: { ...environment, ...env } },
  )
  return { status, stdout, stderr, last: stdout.trimEnd().split('\n').at(-1) }
}

const test = suite('the test runner')
test.after(() => rmSync(folder, { recursive: true, force: true }))

// One run for all, as each process takes a while to start.
const { status, stdout, stderr, last } = run({ NO_COLOR: '1' }, '--limit', '3', '--workers', '2')

for (const [name, { failure }] of Object.entries(files)) {
  if (failure)
    test(`${name}: ${failure}`, () =>
      assert.match(stderr, `${join(folder, name)}${failure.replace(/^(?!:)/, ' ')}`))
  else test(`${name} is no failure`, () => assert.not.match(stderr, name))
}

test('all files are run, and the last line counts their tests', () => {
  assert.is(status, 1)
  assert.is(last, '4 passed, 7 failed')
  for (const name of Object.keys(files)) assert.is(stdout.split(`${join(folder, name)}  `).length, 2, name)
})

test('what a file writes is printed in one piece', () => {
  for (const name of ['calm', 'zest']) assert.match(stdout, `\n${name} begins\n${name} ends\n`)
})

test('a failure is shown as uvu does, in colors unless NO_COLOR is set', () => {
  assert.match(
    stdout,
    / FAIL {2}"bad"\n {4}Expected values to be strictly equal: {2}\(is\)\n\n[\s\S]*\+\+there/,
  )
  assert.match(stdout, /Error: afterwards/)
  assert.match(stdout, /Error: not today/)
  assert.not.match(stdout, '\u001b')
})

test('what a stopped file started is stopped with it', async () => {
  const { size } = statSync(beats)
  assert.ok(size > 0)
  await sleep(200)
  assert.is(statSync(beats).size, size)
})

test('a pattern chooses files; no file at all fails the run', () => {
  const { stdout, last } = run({ FORCE_COLOR: '1' }, 'calm.test')
  assert.is(last, '1 passed, 0 failed')
  assert.match(stdout, '\u001b')
  const none = run({}, 'no such file')
  assert.is(none.status, 1)
  assert.match(none.stderr, 'no test file')
})

test.run()
