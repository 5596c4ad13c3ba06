import { createHash, publicEncrypt } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments, startSandbox } from '../../../sandbox/index.ts'
import { HandSigned, type Sent } from '../../support/hand-signed.ts'
import { rsaPair } from '../../support/keys.ts'
import { mchid, publicKeyPlatform, serial } from '../../support/platform-keys.ts'

const merchant = rsaPair()
const platform = publicKeyPlatform()
const names = ['merchant', 'new-tax-control-fapiao', 'mch-manage', 'marketing']
const sandbox = await startSandbox({
  documents: Object.values(await specDocuments(names)),
  merchants: [{ mchid, serial, publicKey: merchant.publicKey }],
  platform,
})
const hand = new HandSigned(sandbox, { id: ['mchid', mchid], serial, privateKey: merchant.privateKey })
test.after(() => sandbox.close())

const file = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10])
const target = '/v3/merchant/media/upload'
const digest = (algorithm: string) => createHash(algorithm).update(file).digest('hex')
const meta = `{ "filename": "图.png",\n "sha256": "${digest('sha256')}" }`

interface Form {
  meta?: string | undefined
  /** The head of the part with the file. */
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

test('an upload is signed over the bytes of its meta alone', async () => {
  const answer = await hand.send(upload())
  assert.equal([answer.status, answer.body], [200, { media_id: 'media_id-1' }])
  const { file: got, value } = sandbox.requests.at(-1)!
  assert.equal(Buffer.from(await got!.arrayBuffer()), file)
  assert.equal(value, JSON.parse(meta))
  await hand.refused(upload({}, { signed: { body: upload().body! } }), 401, 'SIGN_ERROR', 'signature')
  const compact = JSON.stringify(JSON.parse(meta))
  await hand.refused(upload({}, { signed: { body: compact } }), 401, 'SIGN_ERROR', 'signature')
  await hand.refused(upload({}, { signed: { body: `${meta}\r\n` } }), 401, 'SIGN_ERROR', 'signature')
})

test('the parts may be headed as the official SDKs do it', async () => {
  for (const metaHead of ['name="meta"', 'name="meta";\r\nContent-Type: application/json']) {
    assert.is((await hand.send(upload({ metaHead }))).status, 200, metaHead)
  }
  const quoted = { headers: { 'Content-Type': 'multipart/form-data; charset=utf-8; boundary="b-1"' } }
  assert.is((await hand.send(upload({}, quoted))).status, 200)
})

test('a digest that is not the file’s answers 400', async () => {
  const wrong = meta.replace(/"sha256": "../, '"sha256": "zz')
  await hand.refused(upload({ meta: wrong }), 400, 'PARAM_ERROR', '/sha256')
  await hand.refused(upload({ content: Buffer.from('other') }), 400, 'PARAM_ERROR', '/sha256')
  assert.is(
    (await hand.send(upload({ meta: meta.replace(digest('sha256'), (text) => text.toUpperCase()) }))).status,
    200,
  )
})

test('a form that is not whole answers 400', async () => {
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

test('SM3 where the page says so', async () => {
  const fapiao = { target: '/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file' }
  const text = (given: string) => JSON.stringify({ file_type: 'PDF', digest_alogrithm: 'SM3', digest: given })
  assert.is((await hand.send(upload({ meta: text(digest('sm3')) }, fapiao))).status, 200)
  await hand.refused(upload({ meta: text(digest('sha256')) }, fapiao), 400, 'PARAM_ERROR', '/digest')
})

test('a file under another name, a sensitive field in meta', async () => {
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
  assert.equal(sandbox.requests.at(-1)?.opened, { [place]: '138' })
})

test.run()
