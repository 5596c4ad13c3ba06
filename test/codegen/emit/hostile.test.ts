import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { check, hostile, make, plain, runsAsIntended } from '../support/saying-pages.ts'
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

test('all that runs in the generated files is fixed text and tables of strings', () => {
  const running = [...plain.files].filter(([, code]) => executable(code) !== '')
  assert.equal(
    running.map(([path]) => path),
    [
      'pens/operations.ts',
      'pens/client.ts',
      'webhooks/notifications.ts',
      'chain.ts',
      'client.ts',
      'operations.ts',
      'runtime.ts',
    ],
  )
  for (const [path, code] of running) assert.ok(runsAsIntended(path, code), path)
  for (const more of ['\nalert(1)', '\nexport const x = alert(1)', '\nimport "https://example.com/x.js"'])
    for (const [path, code] of running) assert.not.ok(runsAsIntended(path, code + more), `${path}${more}`)
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
