import * as assert from 'uvu/assert'
import { download, NetworkError } from 'wechatpay-fetch'
import { checkList, clientOf, errorOf, fault, reasonOf, textOf } from '../check.ts'
import type { Input } from '../input.ts'

const [limits, check] = checkList()

export { limits }

function query(
  input: Input,
  name: string,
  init: { signal?: AbortSignal; timeout?: number; baseUrl?: string },
) {
  return clientOf(input).GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', {
    params: { path: { out_trade_no: 'limits-1' }, query: { mchid: input.mchid } },
    ...fault(name),
    ...init,
  })
}

check('abort: before the call, nothing is sent', async (input) => {
  const reason = new Error('the caller’s own reason')
  const sent: string[] = []
  const client = clientOf(input, { hooks: { request: ({ operation }) => sent.push(operation) } })
  const thrown = await reasonOf(() =>
    client.GET('/v3/smartguide/guides', {
      params: { query: { store_id: 1 } },
      signal: AbortSignal.abort(reason),
    }),
  )
  assert.is(thrown, reason)
  assert.equal(sent, [])
})

check('abort: while an answer is awaited, with the caller’s own reason', async (input) => {
  const reason = new Error('the caller’s own reason')
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), 200)
  const thrown = await reasonOf(() => query(input, 'never', { signal: controller.signal }))
  assert.is(thrown, reason)
})

check('abort: while a file is read, the stream fails with the caller’s own reason', async (input) => {
  const reason = new Error('the caller’s own reason')
  const controller = new AbortController()
  const client = clientOf(input, { ...fault('stall'), baseUrl: input.brokenUrl })
  const { data } = await download(client, `${input.brokenUrl}/v3/billdownload/file?token=1`, {
    signal: controller.signal,
  })
  setTimeout(() => controller.abort(reason), 200)
  const thrown = await reasonOf(() => textOf(data))
  assert.is(thrown, reason)
})

check('timeout: no answer', async (input) => {
  const error = await errorOf(() => query(input, 'never', { timeout: 200 }))
  assert.is(error.code, 'ERR_TIMEOUT', error.message)
})

check('timeout: an answer that stalls half way', async (input) => {
  const { brokenUrl: baseUrl } = input
  const error = await errorOf(() => query(input, 'stall', { timeout: 200, baseUrl }))
  assert.is(error.code, 'ERR_TIMEOUT', error.message)
})

check('verify: an answer that is refused at its head does not wait for its body', async (input) => {
  const { brokenUrl: baseUrl } = input
  const error = await errorOf(() => query(input, 'stall-unsigned', { baseUrl }))
  assert.is(error.code, 'ERR_RESPONSE_UNSIGNED', error.message)
})

check('network: an answer that breaks off half way', async (input) => {
  const { brokenUrl: baseUrl } = input
  const error = await errorOf(() => query(input, 'break', { baseUrl }))
  assert.is(error.code, 'ERR_NETWORK', error.message)
})

check('network: a file that breaks off half way fails as it is read', async (input) => {
  const client = clientOf(input, { ...fault('break'), baseUrl: input.brokenUrl })
  const { data } = await download(client, `${input.brokenUrl}/v3/billdownload/file?token=1`)
  const error = await errorOf(() => textOf(data))
  assert.is(error.code, 'ERR_NETWORK', error.message)
})

check('network: a connection that is hung up', async (input) => {
  const error = await errorOf(() => query(input, 'hang-up', {}))
  assert.is(error.code, 'ERR_NETWORK', error.message)
})

check('network: nobody listens', async (input) => {
  const attempts: number[] = []
  const client = clientOf(input, {
    baseUrl: input.closedUrl,
    retry: { attempts: 2, minDelay: 10, maxDelay: 100 },
    hooks: { request: ({ attempt }) => attempts.push(attempt) },
  })
  // It has no number of its own, so it is sent again only where it is certain that it never left.
  const error = await errorOf(() =>
    client.PATCH('/v3/smartguide/guides/{guide_id}', {
      params: { path: { guide_id: 'G1' } },
      body: { avatar: 'http://wx.qlogo.cn/1' },
    }),
  )
  assert.instance(error, NetworkError)
  assert.is(error.code, 'ERR_NETWORK', error.message)
  const again = attempts.length === 2
  return {
    note: again
      ? 'tried again, as fetch says that nothing left'
      : 'tried once, as fetch does not say whether it left',
  }
})
