import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { page } from '../support/page.ts'
import { placeOf, read } from '../support/read.ts'

const row = (label: string, mark = '') =>
  page({
    path: 'v3/pens',
    request: ['| json | object |', `| owner {data-indent=1} | string ${mark} | ${label}`],
    options: `['json' => ['owner' => SAMPLE]]`,
  })
const encrypted = '{data-encrypted=by-rsa-pubkey}'
const found = (text: string, sample: string) =>
  read(text.replaceAll('SAMPLE', `'${sample}'`), 'openapi/v3/pens.md').findings.filter((one) =>
    one.includes('encryption-'),
  )

test('a label of cipher text on a field without the mark is reported at its row', () => {
  for (const label of ['加密的主人姓名', '加密后的主人姓名', '密文']) {
    const text = row(label)
    assert.equal(found(text, '张三'), [
      `${placeOf(text, 'owner {')} warning encryption-unmarked owner is not marked as encrypted, but its label is ${label}`,
    ])
    assert.equal(found(row(label, encrypted), ''), [])
  }
  for (const label of ['加密算法', '加密密钥', '主人姓名']) assert.equal(found(row(label), '张三'), [])
})

test('a sample of cipher text on a field without the mark is reported', () => {
  const cipher = `${'Ab+/'.repeat(85)}AA==`
  const [finding] = found(row('主人姓名'), cipher)
  assert.match(finding ?? '', 'its sample is cipher text')
  assert.equal(found(row('主人姓名', encrypted), cipher), [])
  assert.equal(found(row('照片'), `${'Ab+/'.repeat(200)}`), [], 'text of another length is a file')
})

test('a marked field whose sample is a plain code is reported', () => {
  const [finding] = found(row('证件类型', encrypted), 'IDENTITY_CARD')
  assert.match(finding ?? '', 'warning encryption-code owner is marked as encrypted')
  assert.equal(found(row('姓名', encrypted), '张三'), [])
})

test.run()
