import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { check, hostile, isTable, make, plain } from '../support/saying-pages.ts'
import { declared, executable, strings } from '../support/skeleton.ts'

test('the generated files declare what the pages describe, and nothing else', () => {
  assert.equal(declared(plain.files.get('pens/models.ts')!), [
    'PensPenIdPostPath',
    'PensPenIdPostBody',
    'PensPenIdPostData',
  ])
  assert.equal(declared(plain.files.get('webhooks/models.ts')!), ['PenSoldResource'])
  assert.equal(declared(plain.files.get('webhooks/resources.ts')!), ['NotificationResources'])
})

test('all that executes in the generated files is four tables of strings', () => {
  const running = [...plain.files].filter(([, code]) => executable(code) !== '')
  assert.equal(
    running.map(([path]) => path),
    ['chain-table.ts', 'hosts.ts', 'operations.ts', 'webhook-places.ts'],
  )
  const [[, chain = ''] = [], ...tables] = running
  assert.match(executable(chain), /^export const \w+ = \[(?:\s*'[^'\\]*',?)*\s*\]\.join\('\\n'\);$/)
  for (const [path, code] of tables) assert.ok(isTable(code), path)
})

for (const text of hostile) {
  test(`pages with ${JSON.stringify(text.slice(0, 40))} give the same declarations and documents`, async () => {
    const made = await make(text)
    check(made, text)
    const value = text.replace(/[`\n\r\\|]/g, '')
    assert.ok(strings(made.files.get('pens/models.ts')!).includes(value), 'the value of an enum is unchanged')
  })
}

test('members of Object.prototype can be names of fields', () => {
  const code = plain.files.get('pens/models.ts')! + plain.files.get('webhooks/models.ts')!
  for (const name of ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__'])
    assert.match(code, new RegExp(`^\\s+(?:readonly )?${name}\\?: `, 'm'))
  assert.not.match(code, /__proto__/)
  assert.is(({} as Record<string, unknown>)['x'], undefined)
})

test('pages with any text give the same declarations and documents', async () => {
  const part = fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: 'binary', maxLength: 6 }).map(wellFormed),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
      check(await make(parts.join('')), parts.join(''))
    }),
    { numRuns: 20 },
  )
})

// A file of UTF-8 holds no half characters, and no NUL.
function wellFormed(text: string): string {
  return text.replace(/[\p{Cs}\0]/gu, '')
}

test.run()
