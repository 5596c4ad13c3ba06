import { createHash, publicEncrypt } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments } from '../../../sandbox/index.ts'
import type { Sent } from '../../support/hand-signed.ts'
import { platform, startForMerchant } from '../merchant-sandbox.ts'

const names = ['merchant', 'new-tax-control-fapiao', 'mch-manage', 'marketing']
const { sandbox, hand } = await startForMerchant({ documents: Object.values(await specDocuments(names)) })
test.after(() => sandbox.close())

const file = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10])
const target = '/v3/merchant/media/upload'
const digest = (algorithm: string) => createHash(algorithm).update(file).digest('hex')
const meta = `{ "filename": "图.png",\n "sha256": "${digest('sha256')}" }`

interface Form {
  meta?: string | undefined
  /** Content-Disposition and more of the part with the file. */
  head?: string
  metaHead?: string
  content?: Buffer
  more?: string
}

function upload(form: Form = {}, sent: Sent = {}): Sent {
  const {
    head = 'name="file"; filename="图.png"\r\nContent-Type: image/png',
    content = file,
    more = '',
  } = form
  const { metaHead = 'name="meta"\r\nContent-Type: application/json' } = form
  const text = 'meta' in form ? form.meta : meta
  const first =
    text === undefined ? '' : `--b-1\r\nContent-Disposition: form-data; ${metaHead}\r\n\r\n${text}\r\n`
  const second = `--b-1\r\nContent-Disposition: form-data; ${head}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(first + second), content, Buffer.from(`\r\n${more}--b-1--\r\n`)])
  const headers = {
    'Content-Type': 'multipart/form-data; boundary=b-1',
    'Content-Length': String(body.length),
    ...sent.headers,
  }
  return { method: 'POST', target, body, ...sent, signed: { body: text ?? '', ...sent.signed }, headers }
}

test('the signature of an upload covers exactly the bytes of its meta part', async () => {
  const response = await hand.send(upload())
  assert.equal([response.status, response.body], [200, { media_id: 'media_id-1' }])
  const { file: received, value } = sandbox.requests.at(-1)!
  assert.equal(Buffer.from(await received!.arrayBuffer()), file)
  assert.equal(value, JSON.parse(meta))
  await hand.refused(upload({}, { signed: { body: upload().body! } }), 401, 'SIGN_ERROR', 'signature')
  const compact = JSON.stringify(JSON.parse(meta))
  await hand.refused(upload({}, { signed: { body: compact } }), 401, 'SIGN_ERROR', 'signature')
  await hand.refused(upload({}, { signed: { body: `${meta}\r\n` } }), 401, 'SIGN_ERROR', 'signature')
})

test('part headers as the official SDKs write them are accepted', async () => {
  for (const metaHead of ['name="meta"', 'name="meta";\r\nContent-Type: application/json']) {
    assert.is((await hand.send(upload({ metaHead }))).status, 200, metaHead)
  }
  const quoted = { headers: { 'Content-Type': 'multipart/form-data; charset=utf-8; boundary="b-1"' } }
  assert.is((await hand.send(upload({}, quoted))).status, 200)
})

test('a digest that does not match the file is refused', async () => {
  const wrong = meta.replace(/"sha256": "../, '"sha256": "zz')
  await hand.refused(upload({ meta: wrong }), 400, 'PARAM_ERROR', '/sha256')
  await hand.refused(upload({ content: Buffer.from('other') }), 400, 'PARAM_ERROR', '/sha256')
  assert.is(
    (await hand.send(upload({ meta: meta.replace(digest('sha256'), (text) => text.toUpperCase()) }))).status,
    200,
  )
})

test('an incomplete form is refused', async () => {
  const bad: [Form, string][] = [
    [{ meta: undefined }, 'meta'],
    [{ more: `--b-1\r\nContent-Disposition: form-data; name="meta"\r\n\r\n{}\r\n` }, 'meta'],
    [{ head: 'name="other"; filename="a"' }, 'file'],
    [{ head: 'name="file"' }, 'file'],
    [{ head: 'name="file"; filename=""' }, 'file'],
    [{ meta: 'no JSON' }, ''],
    [{ meta: '{"filename":"a"}' }, '/sha256'],
    [{ meta: meta.replace('图', '😀') }, '/filename'],
    [{ meta: meta.replace('"图.png"', 'null') }, '/filename'],
  ]
  for (const [form, field] of bad) await hand.refused(upload(form), 400, 'PARAM_ERROR', field)
  const json = { 'Content-Type': 'application/json' }
  await hand.refused(
    { method: 'POST', target, body: meta, headers: json },
    400,
    'PARAM_ERROR',
    'Content-Type',
  )
})

test('the digest is SM3 where the documentation says so', async () => {
  const fapiao = { target: '/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file' }
  const sm3Meta = (value: string) =>
    JSON.stringify({ file_type: 'PDF', digest_alogrithm: 'SM3', digest: value })
  assert.is((await hand.send(upload({ meta: sm3Meta(digest('sm3')) }, fapiao))).status, 200)
  await hand.refused(upload({ meta: sm3Meta(digest('sha256')) }, fapiao), 400, 'PARAM_ERROR', '/digest')
})

test('the file part may have another name, and meta sensitive fields', async () => {
  const manage = { target: '/v3/mch-manage/submission-files/sub-mchid/1/upload' }
  const head = 'name="submission_file"; filename="a.png"'
  const some = JSON.stringify({ file_name: 'a.png', file_digest: digest('sha256'), item_id: 1 })
  assert.is((await hand.send(upload({ meta: some, head }, manage))).status, 200)
  await hand.refused(upload({ meta: some }, manage), 400, 'PARAM_ERROR', 'submission_file')

  const headers = { 'Wechatpay-Serial': platform.serial }
  const receipts = { target: '/v3/marketing/shopping-receipt/shoppingreceipts', headers }
  const receipt = (number: string) =>
    upload(
      {
        meta: JSON.stringify({
          transaction_id: '1',
          openid: 'o',
          sha256: digest('sha256'),
          merchant_contact_information: { consultation_phone_number: number },
        }),
      },
      receipts,
    )
  const place = '/merchant_contact_information/consultation_phone_number'
  await hand.refused(receipt('138'), 400, 'PARAM_ERROR', place)
  const cipher = publicEncrypt({ key: platform.publicKey, oaepHash: 'sha1' }, Buffer.from('138'))
  assert.is((await hand.send(receipt(cipher.toString('base64')))).status, 200)
  assert.equal(sandbox.requests.at(-1)?.decrypted, { [place]: '138' })
})

test.run()
