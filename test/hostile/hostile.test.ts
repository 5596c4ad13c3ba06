import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Attack } from './attack.ts'
import * as answers from './attacks/answers.ts'
import * as pages from './attacks/pages.ts'
import * as requests from './attacks/requests.ts'
import * as sandbox from './attacks/sandbox.ts'
import * as sizes from './attacks/sizes.ts'
import { faulty } from './target.ts'

/**
 * Everything that an attacker may try, and whether it held. To add an attack, add it to a list in `attacks/`, then
 * `UPDATE=1` writes the table anew.
 */
const golden = new URL('./hostile.golden.md', import.meta.url)
const all: Attack[] = [answers, requests, sizes, pages, sandbox].flatMap(({ attacks }) => attacks)
const rows: string[] = []

for (const { on, name, tries } of all) {
  test(`${on}: ${name}`, async () => {
    const failures: unknown[] = []
    for (const attempt of tries) {
      try {
        await attempt()
      } catch (failure) {
        failures.push(failure)
      }
    }
    rows.push(`| ${on} | ${name} | ${tries.length} | ${tries.length - failures.length} |`)
    assert.ok(tries.length > 0)
    if (failures.length > 0) throw failures[0]
  })
}

test('the table is that of the golden file', () => {
  const text = ['| on | attack | tries | held |', '| --- | --- | ---: | ---: |', ...rows, ''].join('\n')
  if (process.env['UPDATE']) writeFileSync(golden, text)
  assert.fixture(text, readFileSync(golden, 'utf8'))
})

test.after(async () => {
  answers.close()
  await sandbox.close()
  await faulty.close()
})

test.run()
