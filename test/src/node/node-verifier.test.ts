import { constants, privateDecrypt, sign } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient } from '../../../src/index.ts'
import { nodeVerifier } from '../../../src/node/index.ts'
import { certified } from '../../support/certificate.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

const platform = rsaPair()
const stranger = rsaPair()
const merchant = rsaPair()
const id = 'PUB_KEY_ID_0119000072912026010100000000000001'

let sent: Request | undefined
function clientWith(keys: Parameters<typeof createClient>[0]['platform'], signer: string, serial = id) {
  return createClient({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: merchant.privateKey,
    platform: keys!,
    retry: false,
    async fetch(request) {
      sent = request
      const timestamp = String(Math.floor(Date.now() / 1000))
      const message = Buffer.from(`${timestamp}\nn\n{"id":"1"}\n`)
      return new Response('{"id":"1"}', {
        headers: {
          'Wechatpay-Serial': serial,
          'Wechatpay-Timestamp': timestamp,
          'Wechatpay-Nonce': 'n',
          'Wechatpay-Signature': sign('sha256', message, signer).toString('base64'),
        },
      })
    },
  })
}

const guide = {
  body: {
    corpid: '1',
    store_id: 1,
    userid: 'u',
    name: '张三',
    mobile: '13900000000',
    qr_code: 'q',
    avatar: 'a',
  },
}

test('a response is verified, a forged one refused, and fields are encrypted for the key', async () => {
  const keys = { [id]: nodeVerifier(platform.publicKey) }
  const client = clientWith(keys, platform.privateKey)
  assert.ok((await client.POST('/v3/smartguide/guides', guide as never)).data)
  const { name } = (await sent!.json()) as { name: string }
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const plain = privateDecrypt(
    { key: platform.privateKey, padding, oaepHash: 'sha1' },
    Buffer.from(name, 'base64'),
  )
  assert.is(String(plain), '张三')
  const forged = clientWith(keys, stranger.privateKey)
  const error = await thrownBy(() => forged.POST('/v3/smartguide/guides', guide as never))
  assert.is(error.code, 'ERR_RESPONSE_SIGNATURE')
})

test('the key of a certificate, under its serial alone', async () => {
  const { serial, certificate, privateKey } = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
  const client = clientWith({ [serial]: nodeVerifier(certificate) }, privateKey, serial)
  assert.ok((await client.POST('/v3/smartguide/guides', guide as never)).data)
  const error = await thrownBy(() => clientWith({ AB12: nodeVerifier(certificate) }, privateKey))
  assert.is(error.code, 'ERR_CONFIG')
})

test('what a verifier of the app resolves to must be true', async () => {
  for (const answer of [false, 1, 'yes', {}]) {
    const verifier = { publicKey: platform.publicKey, verify: async () => answer as boolean }
    const client = clientWith({ [id]: verifier }, platform.privateKey)
    const error = await thrownBy(() => client.POST('/v3/smartguide/guides', guide as never))
    assert.is(error.code, 'ERR_RESPONSE_SIGNATURE')
  }
})

test('a key that is none', async () => {
  for (const [key, code] of [
    [merchant.privateKey, 'ERR_KEY_IS_PRIVATE'],
    ['/path/pub_key.pem', 'ERR_KEY_NOT_PEM'],
    [platform.publicKey.replace(/\n(.{30})/, '\n'), 'ERR_KEY_INVALID'],
  ] as const)
    assert.is((await thrownBy(() => nodeVerifier(key))).code, code)
})

test.run()
