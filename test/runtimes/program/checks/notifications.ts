import * as assert from 'uvu/assert'
import { paySigner, platformKeys } from 'wechatpay-fetch'
import { businessSigner } from 'wechatpay-fetch/front-end'
import { createNotifications } from 'wechatpay-fetch/webhooks'
import { checkList, clientOf, errorOf } from '../check.ts'
import type { Received } from '../input.ts'

const [notifications, check] = checkList()

export { notifications }

const request = (received: Received) =>
  new Request('https://app.example/notify', { method: 'POST', ...received })

check(
  "certificates: 'auto' fetches, verifies with and encrypts for the platform certificate",
  async (input) => {
    const used: string[] = []
    const fetched: string[] = []
    const client = clientOf(input, {
      platform: undefined,
      certificates: 'auto',
      apiV3Key: input.apiV3Key,
      hooks: {
        key: ({ use, serial }) => used.push(`${use} ${serial}`),
        certificates: ({ serials }) => fetched.push(...(serials ?? [])),
      },
    })
    const { data, error } = await client.PATCH('/v3/smartguide/guides/{guide_id}', {
      params: { path: { guide_id: 'certificates-1' } },
      body: { name: '李四' },
    })
    assert.is(error, undefined, JSON.stringify(error))
    assert.is(data, undefined)
    assert.equal(used, [`encrypt ${input.certificateSerial}`, `verify ${input.certificateSerial}`])
    assert.equal(fetched, [input.certificateSerial])
    const { receive } = createNotifications({ keys: platformKeys(client), apiV3Key: input.apiV3Key })
    assert.is((await receive(input.notifications.certified)).event_type, 'TRANSACTION.SUCCESS')
  },
)

check('notification: verified, decrypted, handed over, and accepted with 204', async (input) => {
  const { publicKeyId, publicKey, apiV3Key } = input
  const { handler } = createNotifications({ platform: { [publicKeyId]: publicKey }, apiV3Key })
  const paid: unknown[] = []
  const handle = handler({
    async 'TRANSACTION.SUCCESS'({ resource }) {
      if ('out_trade_no' in resource) paid.push(resource.out_trade_no, resource.amount.total)
    },
  })
  const response = await handle(request(input.notifications.good))
  assert.is(response.status, 204, await response.text())
  assert.equal(paid, ['notification-1', 100])
})

check(
  'notification: one that was changed is refused with 401, and the app does not see it',
  async (input) => {
    const { publicKeyId, publicKey, apiV3Key } = input
    const seen: unknown[] = []
    const errors: unknown[] = []
    const { handler, receive } = createNotifications({
      platform: { [publicKeyId]: publicKey },
      apiV3Key,
      onError: (error) => errors.push((error as { code?: string }).code),
    })
    const response = await handler((notification) => seen.push(notification))(
      request(input.notifications.forged),
    )
    assert.is(response.status, 401)
    assert.equal([seen, errors], [[], ['ERR_RESPONSE_SIGNATURE']])
    assert.is((await errorOf(() => receive(input.notifications.forged))).code, 'ERR_RESPONSE_SIGNATURE')
  },
)

check('pay sign: what the front end gets', async ({ privateKey, mchid }) => {
  const pay = paySigner({ privateKey, dangerouslyAllowBrowser: true })
  const appid = 'wxd678efh567hg6787'
  const prepay_id = 'wx26112221580621e9b071c00d9e093b0000'
  const jsapi = await pay.jsapi({ appid, prepay_id })
  const app = await pay.app({ appid, partnerid: mchid, prepay_id })
  assert.is(jsapi.signType, 'RSA')
  assert.is(app.package, 'Sign=WXPay')
  // The harness verifies the signatures with OpenSSL.
  return { evidence: { jsapi, app } }
})

check('pay score and APIv2: what the front end gets, as OpenSSL signs it', async () => {
  const { wxpayScoreUse, sign } = businessSigner({
    mchid: '1900000109',
    apiV2Key: '192006250b4c09247ec02edce69f6a2d',
    clock: () => 1_554_208_460_000,
    nonce: () => '593BEC0C930BF1AFEB40B4A08C8FB242',
  })
  const { extraData } = (await wxpayScoreUse('AAQTtwkAAAABAAAAAAB2d3Q0XyKk6Wj3')).miniProgram
  assert.is(extraData.sign, 'CF3F9F7192ECC11219193126F9DEDFE3331E0BA8925A7BE806E399C4E47C44B6')
  const fields = {
    appId: 'wx8888888888888888',
    timeStamp: '1554208460',
    nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
    package: 'prepay_id=wx201410272009395522657a690389285100',
    signType: 'MD5',
  }
  assert.is(await sign(fields, 'MD5'), '0E627A02976D25A74E0006DBC17AB86E')
})

check('print: what a log shows of a client and of an error', async (input) => {
  const client = clientOf(input, { apiV3Key: input.apiV3Key })
  const error = await errorOf(() =>
    // @ts-expect-error a path that there is not
    client.GET('/v3/nowhere/{id}', { params: { path: {} } }),
  )
  // The harness looks for secrets in what came out.
  console.log(client, JSON.stringify(client), error)
  assert.match(JSON.stringify(client), input.mchid)
})
