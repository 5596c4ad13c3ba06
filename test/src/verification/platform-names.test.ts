import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient } from '../../../src/index.ts'
import { createNotifications } from '../../../src/webhooks/index.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

const { publicKey, privateKey } = rsaPair()
const apiV3Key = 'an APIv3 key, as long as it must'
const merchant = { mchid: '1900000109', serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB', privateKey }

const wrong = [
  'undefined',
  '0',
  '000',
  'pub_key_id_0114',
  'PUB_KEY_ID_',
  'PUB_KEY_ID_011X',
  '支付公钥',
  '',
  'A'.repeat(41),
]

test('a key under a name that no response can have is refused before anything is sent', async () => {
  for (const name of wrong) {
    for (const make of [
      () => createClient({ ...merchant, platform: { [name]: publicKey } }),
      () => createNotifications({ platform: { [name]: publicKey }, apiV3Key }),
    ]) {
      const error = await thrownBy(make)
      assert.is(error.code, 'ERR_CONFIG', name)
      assert.match(error.message, 'PUB_KEY_ID_ and digits')
      assert.match(error.message, JSON.stringify(name.slice(0, 64)))
    }
  }
})

test('white space around a name is no part of it', async () => {
  let asked: string | null = null
  const client = createClient({
    ...merchant,
    platform: { ' PUB_KEY_ID_0114\n': publicKey },
    baseUrl: 'https://shop.example',
    retry: false,
    async fetch(request) {
      asked = (request as Request).headers.get('Wechatpay-Serial')
      throw new TypeError('offline')
    },
  })
  await client.GET('/v3/certificates').catch(() => {})
  assert.is(asked, 'PUB_KEY_ID_0114')
})

test("the merchant's serial has at most 40 hexadecimal digits, in either case", async () => {
  const platform = { PUB_KEY_ID_0114: publicKey }
  createClient({ ...merchant, serial: merchant.serial.toLowerCase(), platform })
  for (const serial of [`${merchant.serial}0`, '1'.repeat(48), `${merchant.serial}\n`]) {
    const error = await thrownBy(() => createClient({ ...merchant, serial, platform }))
    assert.match(error.message, 'serial must be a certificate serial: at most 40 hexadecimal digits')
  }
  const lower = { [merchant.serial.toLowerCase()]: publicKey }
  const error = await thrownBy(() => createClient({ ...merchant, platform: lower }))
  assert.match(error.message, "merchant's own serial")
})

test.run()
