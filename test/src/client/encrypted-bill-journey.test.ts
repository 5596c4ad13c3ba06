import { createPublicKey } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type FaultTools, type SandboxResponse, specDocuments, startSandbox } from '../../../sandbox/index.ts'
import { fen, parseBill } from '../../../src/files/bills.ts'
import { type Client, createClient, download, downloadBills } from '../../../src/index.ts'
import { mchid, publicKeyPlatform, serial } from '../../support/platform-keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { movedTo, type RecordedBill, recorded } from '../files/encrypted-bills.ts'

// From the request of an encrypted bill to its rows. The keys in the recorded bills are encrypted for a recorded
// merchant, so the client is that merchant.
const { privateKey } = recorded
const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
const platform = publicKeyPlatform()
let bill: RecordedBill

const sandbox = await startSandbox({
  documents: Object.values(await specDocuments(['bill', 'billdownload', 'ecommerce', 'payscore'])),
  merchants: [{ mchid, serial, publicKey }],
  platform,
  fault: answerWithBill,
})
test.after(() => sandbox.close())

// The sandbox has no bills of its own.
function answerWithBill(answer: SandboxResponse, { request, sign }: FaultTools): SandboxResponse {
  if (answer.status !== 200) return answer
  const list = bill.answer.download_bill_list
  if (request.operation === 'GET /v3/billdownload/file') {
    const part = list.find(({ download_url }) => movedTo('', download_url) === request.target)!
    return { ...answer, body: Buffer.from(part.file, 'base64') }
  }
  const download_bill_list = list.map(({ keyText: _, file: __, ...part }) => ({
    ...part,
    download_url: movedTo(sandbox.url, part.download_url),
  }))
  return sign({ ...answer, body: Buffer.from(JSON.stringify({ ...bill.answer, download_bill_list })) })
}

const client: Client = createClient({
  mchid,
  serial,
  privateKey,
  platform: { [platform.serial]: platform.publicKey },
  baseUrl: sandbox.url,
})

const algorithm = 'AEAD_AES_256_GCM'
const bill_date = '2026-01-02'
const gzip = () => (bill.tar_type ? { tar_type: bill.tar_type } : {})

// Each operation with its own types: nothing here may need a cast.
const operations = {
  'GET /v3/bill/sub-merchant-fundflowbill': () =>
    client.GET('/v3/bill/sub-merchant-fundflowbill', {
      params: { query: { sub_mchid: '1', bill_date, account_type: 'BASIC', algorithm, ...gzip() } },
    }),
  'GET /v3/ecommerce/bill/fundflowbill': () =>
    client.GET('/v3/ecommerce/bill/fundflowbill', {
      params: { query: { bill_date, account_type: 'ALL', algorithm, ...gzip() } },
    }),
  'GET /v3/payscore/merchant-bill': () =>
    client.GET('/v3/payscore/merchant-bill', {
      params: { query: { bill_date, service_id: '1', encryption_algorithm: algorithm, ...gzip() } },
    }),
}

for (const [name, call] of Object.entries(operations)) {
  for (const one of recorded.cases) {
    test(`${name} to rows: ${one.name}`, async () => {
      bill = one
      const before = sandbox.requests.length
      const { data, error } = await call()
      assert.is(error, undefined, JSON.stringify(error))
      assert.equal(
        data!.download_bill_list!.map(({ encrypt_key }) => encrypt_key),
        one.answer.download_bill_list.map(({ keyText }) => keyText),
      )
      const file = await downloadBills(client, data!)
      assert.is(file.response.status, 200)
      const table = parseBill(file.data!, { titles: ['资金流水单号', '收支金额(元)', '备注'] })
      let rows = 0
      for await (const row of table) assert.is(row['备注'], `备注${rows++}`)
      assert.is(rows, 400)
      assert.is(fen(table.summary['收入金额']), 123_456n)
      const sent = sandbox.requests.slice(before).map(({ operation }) => operation)
      const downloads = Array<string>(one.answer.download_bill_count).fill('GET /v3/billdownload/file')
      assert.equal(sent, [name, ...downloads])
    })
  }
}

test('a file by itself, with the fields of its entry', async () => {
  bill = recorded.cases[0]!
  const { data } = await operations['GET /v3/bill/sub-merchant-fundflowbill']()
  for (const { download_url, hash_type, hash_value, encrypt_key, nonce } of data!.download_bill_list!) {
    const file = await download(client, download_url, {
      hash: { type: hash_type, value: hash_value },
      decrypt: { key: encrypt_key, nonce },
    })
    let rows = 0
    for await (const _ of parseBill(file.data!)) rows++
    assert.is(rows, 400)
  }
})

test('a client that is none is refused', async () => {
  const bills = { download_bill_count: 0 }
  assert.is((await thrownBy(() => downloadBills({}, bills))).code, 'ERR_CONFIG')
})

test.run()
