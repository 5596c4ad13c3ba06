import * as assert from 'uvu/assert'
import { checkList, clientOf, errorOf } from '../check.ts'

const [fields, check] = checkList()

export { fields }

const guide = {
  corpid: '1234567890',
  store_id: 1234,
  userid: 'fields-1',
  name: '张三',
  mobile: '13900000000',
  qr_code: 'https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=xxx',
  avatar:
    'http://wx.qlogo.cn/mmopen/ajNVdqHZLLA3WJ6DSZUfiakYe37PKnQhBIeOQBO4czqrnZDS79FH5Wm5m4X69TBicnHFlhiafvDwklOpZeXYQQ2icg/0',
}

check('seal: sensitive fields go out encrypted, and come back in plain', async (input) => {
  const client = clientOf(input)
  const { data, error } = await client.POST('/v3/smartguide/guides', { body: guide })
  assert.is(error, undefined, JSON.stringify(error))
  assert.type(data?.guide_id, 'string')
  const listed = await client.GET('/v3/smartguide/guides', {
    params: { query: { store_id: 1234, mobile: guide.mobile } },
  })
  assert.is(listed.error, undefined, JSON.stringify(listed.error))
  // What the sandbox makes of the schema, encrypted with the merchant's public key.
  assert.is(listed.data?.data?.[0]?.name, 'name-1')
  assert.is(listed.data?.data?.[0]?.mobile, 'mobile-1')
})

check('seal: what RSA cannot hold is refused before anything is sent', async (input) => {
  const long = { ...guide, name: '张'.repeat(100) }
  const error = await errorOf(() => clientOf(input).POST('/v3/smartguide/guides', { body: long }))
  assert.is(error.code, 'ERR_ENCRYPT_TOO_LONG')
  assert.match(error.message, 'name')
  assert.not.match(error.message, '张')
})

check('upload: a Blob, bytes, a stream and a FormData arrive whole', async (input) => {
  const client = clientOf(input)
  const bytes = new Uint8Array(70_000).map((_, index) => (index * 7919) % 251)
  const form = new FormData()
  form.set('meta', JSON.stringify({ filename: '四.png', sha256: await sha256(bytes) }))
  form.set('file', new File([bytes], '四.png', { type: 'image/png' }))
  const bodies = [
    { file: new Blob([bytes], { type: 'image/png' }), meta: { filename: '一.png' } },
    { file: bytes, meta: { filename: '二.png' } },
    { file: new Blob([bytes]).stream(), meta: { filename: '三.png' } },
    form,
  ]
  for (const body of bodies) {
    const { data, error } = await client.POST('/v3/merchant/media/upload', { body })
    assert.is(error, undefined, JSON.stringify(error))
    assert.type(data?.media_id, 'string')
  }
})

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
