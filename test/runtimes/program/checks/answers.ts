import * as assert from 'uvu/assert'
import { VerificationError } from 'wechatpay-fetch'
import { checkList, clientOf, errorOf, fault } from '../check.ts'
import type { Input } from '../input.ts'

const [answers, check] = checkList()

export { answers }

function query(input: Input, name: string) {
  return clientOf(input).GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', {
    params: { path: { out_trade_no: 'answers-1' }, query: { mchid: input.mchid } },
    ...fault(name),
  })
}

const refused = {
  tampered: ['whose body was changed', 'ERR_RESPONSE_SIGNATURE'],
  unsigned: ['without a signature', 'ERR_RESPONSE_UNSIGNED'],
  stale: ['that is an hour old', 'ERR_RESPONSE_TIMESTAMP'],
  stranger: ['that a stranger signed under a known serial', 'ERR_RESPONSE_SIGNATURE'],
  unknown: ['under a serial that nobody knows', 'ERR_RESPONSE_SERIAL'],
  redirect: ['that redirects', 'ERR_RESPONSE_REDIRECT'],
} as const

for (const [name, [what, code]] of Object.entries(refused)) {
  check(`verify: an answer ${what} is refused`, async (input) => {
    const error = await errorOf(() => query(input, name))
    assert.is(error.code, code, error.message)
    assert.instance(error, VerificationError)
    assert.is(error.operation, 'GET /v3/pay/transactions/out-trade-no/{out_trade_no}')
  })
}

check('error: what WeChat Pay refuses is error, with its code, status and Request-ID', async (input) => {
  const { data, error } = await clientOf(input).POST('/v3/pay/transactions/native', {
    // @ts-expect-error the sandbox must refuse it
    body: { mchid: input.mchid },
  })
  assert.is(data, undefined)
  assert.is(error?.code, 'PARAM_ERROR')
  assert.is(error?.status, 400)
  assert.type(error?.requestId, 'string')
})

check('error: another merchant key is a SIGN_ERROR', async (input) => {
  const { error } = await clientOf(input, { privateKey: input.strangeKey }).GET('/v3/smartguide/guides', {
    params: { query: { store_id: 1 } },
  })
  assert.is(error?.code, 'SIGN_ERROR')
  assert.is(error?.status, 401)
})
