import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recover, Transaction } from '../../../codegen/run/transaction.ts'

const count = 40
const test = suite<{ folder: string }>('a transaction')

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  mkdirSync(join(context.folder, 'spec'))
  for (let i = 0; i < count; i++) writeFileSync(join(context.folder, `spec/${i}.yaml`), 'old')
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

function texts(folder: string): Set<string> {
  return new Set(
    readdirSync(join(folder, 'spec')).map((name) => readFileSync(join(folder, 'spec', name), 'utf8')),
  )
}

test('changes nothing before it is committed, and leaves nothing behind', ({ folder }) => {
  const transaction = new Transaction(folder)
  for (let i = 0; i < count; i++) transaction.write(`spec/${i}.yaml`, 'new')
  transaction.remove('spec/gone.yaml')
  assert.equal([...texts(folder)], ['old'])
  transaction.commit()
  assert.equal([...texts(folder)], ['new'])
  assert.equal(readdirSync(folder), ['spec'])
})

test('a run that was killed before its decision leaves everything as it was', ({ folder }) => {
  const transaction = new Transaction(folder)
  transaction.write('spec/0.yaml', 'new')
  recover(folder)
  assert.equal([...texts(folder)], ['old'])
  assert.equal(readdirSync(folder), ['spec'])
})

test('a run that is killed at any moment leaves all old, or all new after the next run', async ({
  folder,
}) => {
  const module = fileURLToPath(new URL('../../../codegen/run/transaction.ts', import.meta.url))
  const source = `
    import { Transaction } from ${JSON.stringify(module)}
    for (let round = 0; ; round++) {
      const transaction = new Transaction(process.argv[1])
      for (let i = 0; i < ${count}; i++) transaction.write('spec/' + i + '.yaml', 'round ' + round)
      transaction.commit()
      if (round === 0) console.log('ready')
    }`
  for (const delay of [0, 1, 3, 7, 13, 29]) {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source, folder], {
      cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await new Promise((resolve) => setTimeout(resolve, delay))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    recover(folder)
    assert.is(texts(folder).size, 1, `after ${delay} ms: ${[...texts(folder)].join(', ')}`)
    assert.not.ok(existsSync(join(folder, '.wechatpay-fetch')))
  }
})

test.run()
