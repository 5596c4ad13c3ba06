import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('each row of the threat model names a test that there is', () => {
  const text = readFileSync(`${root}SECURITY.md`, 'utf8')
  const rows = text.split('\n').filter((line) => /^\| (?!who|---)/.test(line))
  assert.ok(rows.length >= 12)
  for (const row of rows) {
    const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim())
    const tests = [...cells.at(-2)!.matchAll(/\]\((test\/[\w./-]+\.test\.ts)\)/g)].map(([, path]) => path!)
    assert.ok(tests.length > 0, row)
    for (const path of tests) {
      assert.ok(existsSync(root + path), path)
      assert.match(readFileSync(root + path, 'utf8'), /\btest(?:\.\w+)?\(/)
    }
  }
})

test.run()
