import { createHash } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type FaultTools, type SandboxResponse, specDocuments } from '../../../sandbox/index.ts'
import { certified, platform, startForMerchant } from '../merchant-sandbox.ts'
import { verifies } from '../verifies.ts'

let fault: ((response: SandboxResponse, tools: FaultTools) => SandboxResponse) | undefined
const { sandbox, hand } = await startForMerchant({
  documents: Object.values(await specDocuments(['billdownload', 'statements', 'merchant-service'])),
  platform: [platform, certified],
  fault: (response, tools) => fault?.(response, tools) ?? response,
})
const statement = {
  target: '/hk/v3/statements?date=20260101&mchid=1',
  headers: { 'Wechatpay-Serial': platform.serial },
}

test.after.each(() => {
  fault = undefined
})
test.after(() => sandbox.close())

test('responses that WeChat Pay does not sign are unsigned', async () => {
  for (const target of ['/v3/billdownload/file?token=t', '/v3/merchant-service/images/ab']) {
    const { status, headers, raw } = await hand.send({ target })
    assert.is(status, 200)
    assert.ok(raw.length > 0)
    assert.not.ok(Object.keys(headers).some((name) => name.startsWith('wechatpay-')))
  }
})

test('the signature of a statement covers its digest', async () => {
  const { headers, raw } = await hand.send(statement)
  const sha1 = createHash('sha1').update(raw).digest('hex')
  assert.is(headers['wechatpay-statement-sha1'], sha1)
  assert.ok(verifies(headers, `{"sha1":"${sha1}"}`, platform))
  assert.not.ok(verifies(headers, raw, platform))
})

test('a fault can sign again, over the digest that it sets for a compressed statement', async () => {
  fault = (response, { sign }) =>
    sign(
      { ...response, headers: { 'Wechatpay-Statement-Sha1': 'ab' }, body: Buffer.from('gzip') },
      { serial: certified.serial },
    )
  const { headers, raw } = await hand.send(statement)
  assert.is(raw.toString(), 'gzip')
  assert.ok(verifies(headers, '{"sha1":"ab"}', certified))
})

test.run()
