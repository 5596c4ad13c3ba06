import * as assert from 'uvu/assert'
import { download, downloadBills } from 'wechatpay-fetch'
import { fen, parseBill } from 'wechatpay-fetch/bills'
import { checkList, clientOf, errorOf, fault, textOf } from '../check.ts'
import type { Input } from '../input.ts'

const [files, check] = checkList()

export { files }

/** Asks for a bill, and downloads it; `X-Fault` is for the download. */
async function bill(
  input: Input,
  { gzip, name, gunzip }: { gzip: boolean; name?: string; gunzip?: boolean },
) {
  const client = clientOf(input, name === undefined ? {} : fault(name))
  const { data, error } = await client.GET('/v3/bill/tradebill', {
    params: { query: { bill_date: '2026-01-31', ...(gzip && { tar_type: 'GZIP' as const }) } },
  })
  assert.is(error, undefined, JSON.stringify(error))
  const hash = { type: data!.hash_type, value: data!.hash_value }
  return download(client, data!.download_url, { hash, gzip: gunzip })
}

async function total(file: ReadableStream<Uint8Array> | undefined): Promise<[rows: number, fen: bigint]> {
  const table = parseBill(file!, { titles: ['微信订单号', '订单金额'] })
  let rows = 0
  let sum = 0n
  for await (const row of table) {
    rows++
    sum += fen(row['订单金额'])
  }
  assert.is(sum, fen(table.summary['订单总金额']))
  return [rows, sum]
}

check('bill: plain, with its digest, read row by row', async (input) => {
  const { data, error } = await bill(input, { gzip: false })
  assert.is(error, undefined, JSON.stringify(error))
  assert.equal(await total(data), [5000, 50_000_000n])
})

check('bill: gzip, with its digest; a named error where the runtime cannot unpack', async (input) => {
  assert.is(typeof DecompressionStream === 'function', input.gunzips, 'another runtime than was expected')
  if (!input.gunzips) {
    const error = await errorOf(() => bill(input, { gzip: true }))
    assert.is(error.code, 'ERR_CONFIG_RUNTIME')
    assert.match(error.message, 'DecompressionStream')
    const packed = await bill(input, { gzip: true, gunzip: false }).then(
      ({ data }) => data!.getReader(),
      () => assert.unreachable('gzip: false leaves the file packed'),
    )
    const { value } = (await packed!.read()) as { value: Uint8Array }
    await packed!.cancel()
    assert.equal([...value.subarray(0, 2)], [0x1f, 0x8b])
    return { note: 'no DecompressionStream: ERR_CONFIG_RUNTIME before anything was sent' }
  }
  const { data, error } = await bill(input, { gzip: true })
  assert.is(error, undefined, JSON.stringify(error))
  assert.equal(await total(data), [5000, 50_000_000n])
})

check('bill: content that its digest does not fit fails at its end', async (input) => {
  const { data } = await bill(input, { gzip: input.gunzips, name: 'other-bill' })
  const error = await errorOf(() => textOf(data))
  assert.is(error.code, 'ERR_RESPONSE_DIGEST', error.message)
})

const spoilt = {
  'gzip-cut': 'that breaks off',
  'gzip-checksum': 'whose checksum is wrong',
  'gzip-followed': 'with something after it',
  'gzip-encrypted': 'that is encrypted',
}

for (const [name, what] of Object.entries(spoilt)) {
  check(`bill: gzip ${what} is refused`, async (input) => {
    if (!input.gunzips) return { note: 'no DecompressionStream' }
    const { data } = await bill(input, { gzip: true, name })
    const error = await errorOf(() => textOf(data))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED', error.message)
  })
}

check('bill: plain where gzip was asked for is read', async (input) => {
  if (!input.gunzips) return { note: 'no DecompressionStream' }
  const { data } = await bill(input, { gzip: true, name: 'gzip-none' })
  assert.equal(await total(data), [5000, 50_000_000n])
})

/** Asks for an encrypted bill, and downloads its two parts. */
async function encryptedBill(input: Input, gzip: boolean, name?: string) {
  const client = clientOf(input, name === undefined ? {} : fault(name))
  const { data, error } = await client.GET('/v3/bill/sub-merchant-fundflowbill', {
    params: {
      query: {
        sub_mchid: '1900000109',
        bill_date: '2026-01-31',
        account_type: 'BASIC',
        algorithm: 'AEAD_AES_256_GCM',
        ...(gzip && { tar_type: 'GZIP' as const }),
      },
    },
  })
  assert.is(error, undefined, JSON.stringify(error))
  return downloadBills(client, data!)
}

for (const gzip of [false, true]) {
  check(
    `encrypted bill: two parts${gzip ? ' in gzip' : ''}, decrypted and read row by row`,
    async (input) => {
      if (gzip && !input.gunzips) {
        const error = await errorOf(() => encryptedBill(input, gzip))
        assert.is(error.code, 'ERR_CONFIG_RUNTIME')
        return { note: 'no DecompressionStream: ERR_CONFIG_RUNTIME before anything was sent' }
      }
      const { data, error } = await encryptedBill(input, gzip)
      assert.is(error, undefined, JSON.stringify(error))
      assert.equal(await total(data), [5000, 50_000_000n])
    },
  )
}

check('encrypted bill: a file that does not match its tag fails at its end', async (input) => {
  const { data } = await encryptedBill(input, false, 'tag')
  const error = await errorOf(() => textOf(data))
  assert.is(error.code, 'ERR_RESPONSE_DIGEST', error.message)
  assert.match(error.message, 'does not match its tag')
})

check('bill: a loop that is left early cancels the download', async (input) => {
  const { data } = await bill(input, { gzip: input.gunzips })
  let rows = 0
  for await (const row of parseBill(data!)) {
    assert.ok(row['微信订单号'])
    if (++rows === 2) break
  }
  assert.is(rows, 2)
})

check('file: an operation that answers a file gives a stream', async (input) => {
  const { data, error } = await clientOf(input).GET('/v3/merchant-service/images/{media_id}', {
    params: { path: { media_id: 'M1' } },
    ...fault('image'),
  })
  assert.is(error, undefined, JSON.stringify(error))
  assert.is(await textOf(data), 'a picture, for a test')
})
