import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { BillParts } from '../../../src/files/bill-parts.ts'
import { parseBill } from '../../../src/files/bills.ts'
import type { FileKey } from '../../../src/files/decrypt-file.ts'
import { createClient, download, downloadBills, EncryptionError, RequestError } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { decryptedAnswer, type RecordedBill, recorded } from './encrypted-bills.ts'
import { opensslDigest } from './openssl-digest.ts'
import { readAll } from './read-all.ts'
import { cut, sealFile } from './seal-file.ts'

/** The files of a bill by their URLs, and what was requested. */
const files = new Map<string, Buffer>()
let respond: (response: ServerResponse, file: Buffer) => void
let seen: string[] = []
const server = createServer((request, response) => {
  seen.push(request.url ?? '')
  const file = files.get(request.url ?? '')
  if (file) respond(response, file)
  else response.writeHead(404).end('{"code":"NO_STATEMENT_EXIST","message":"账单文件不存在"}')
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const client = createClient({
  mchid: '1900007291',
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey: rsaPair().privateKey,
  platform: { PUB_KEY_ID_0119000072912026010100000000000001: rsaPair().publicKey },
  baseUrl,
  retry: false,
})

for (const { answer } of recorded.cases) {
  for (const { download_url, file } of answer.download_bill_list) {
    const { pathname, search } = new URL(download_url)
    files.set(pathname + search, Buffer.from(file, 'base64'))
  }
}

test.before.each(() => {
  seen = []
  respond = (response, file) => response.setHeader('Request-ID', 'r-1').end(file)
})
test.after(() => {
  server.closeAllConnections()
  server.close()
})

const byName = (name: string) => recorded.cases.find((bill) => bill.name === name)!
const [plain, gzip, two] = ['plain-1', 'gzip-1', 'gzip-2-parts'].map(byName) as [
  RecordedBill,
  RecordedBill,
  RecordedBill,
]

/** All of a bill, or the error that its stream fails with. */
async function whole(bill: BillParts): Promise<Buffer> {
  const { data } = await downloadBills(client, bill)
  return readAll(data!)
}

const changed = (bill: BillParts, index: number, change: object): BillParts => ({
  ...bill,
  download_bill_list: bill.download_bill_list!.map((part, i) =>
    i === index ? { ...part, ...change } : part,
  ),
})

/** Puts other files in place of the recorded ones, for one test. */
async function withFiles(change: (file: Buffer) => Buffer, run: () => Promise<void>): Promise<void> {
  const before = new Map(files)
  for (const [target, file] of files) files.set(target, change(Buffer.from(file)))
  try {
    await run()
  } finally {
    for (const [target, file] of before) files.set(target, file)
  }
}

for (const bill of recorded.cases) {
  test(`recorded by another implementation: ${bill.name}`, async () => {
    const content = await whole(decryptedAnswer(bill, baseUrl))
    assert.is(content.length, bill.bytesOfWhole)
    assert.is(opensslDigest('sha1', content), bill.sha1OfWhole)
    assert.is(seen.length, bill.answer.download_bill_count)
    let rows = 0
    for await (const row of parseBill(content, { titles: ['备注'] })) assert.is(row['备注'], `备注${rows++}`)
    assert.is(rows, 400)
  })

  test(`one file by its URL, key and nonce, with and without the digest: ${bill.name}`, async () => {
    for (const part of decryptedAnswer(bill, baseUrl).download_bill_list!) {
      const decrypt = { key: part.encrypt_key, nonce: part.nonce }
      const hash = { type: part.hash_type!, value: part.hash_value! }
      for (const options of [{ decrypt, hash }, { decrypt }]) {
        const { data } = await download(client, part.download_url, options)
        assert.is(opensslDigest('sha1', await readAll(data!)), part.hash_value)
      }
    }
  })
}

test('parts are joined in the order of their numbers, however they are listed', async () => {
  const bill = decryptedAnswer(two, baseUrl)
  const content = await whole({ ...bill, download_bill_list: bill.download_bill_list!.toReversed() })
  assert.is(opensslDigest('sha1', content), two.sha1OfWhole)
})

test('the digest of each part is optional: the tag is checked all the same', async () => {
  for (const hash of [
    { hash_type: undefined, hash_value: undefined },
    { hash_type: 'SHA1', hash_value: '' },
    { hash_type: '', hash_value: 'a' },
  ]) {
    const bill = changed(decryptedAnswer(gzip, baseUrl), 0, hash)
    assert.is(opensslDigest('sha1', await whole(bill)), gzip.sha1OfWhole)
    await withFiles(flip(-1), async () => assert.is((await failure(bill)).code, 'ERR_RESPONSE_DIGEST'))
  }
})

test('the digest is checked beside the tag', async () => {
  for (const [bill, index] of [
    [plain, 0],
    [gzip, 0],
    [two, 1],
  ] as const) {
    const error = await failure(
      changed(decryptedAnswer(bill, baseUrl), index, { hash_value: '0'.repeat(40) }),
    )
    assert.is(error.code, 'ERR_RESPONSE_DIGEST')
    assert.match(error.message, 'does not match hash.value (SHA1)')
  }
})

function flip(at: number): (file: Buffer) => Buffer {
  return (file) => {
    file[(at + file.length) % file.length]! ^= 1
    return file
  }
}

const failure = (bill: BillParts) => thrownBy(() => whole(bill))

const spoilt: [name: string, change: (file: Buffer) => Buffer][] = [
  ['a flipped bit at its start', flip(0)],
  ['a flipped bit in the middle', flip(2500)],
  ['a flipped bit before the tag', flip(-17)],
  ['a flipped bit of the tag', flip(-1)],
  ['its last byte missing', (file) => file.subarray(0, -1)],
  ['its tag missing', (file) => file.subarray(0, -16)],
  ['half of it missing', (file) => file.subarray(0, file.length >> 1)],
  ['15 bytes left', (file) => file.subarray(0, 15)],
  ['nothing left', (file) => file.subarray(0, 0)],
  ['a byte more', (file) => Buffer.concat([file, Buffer.alloc(1)])],
]

for (const [name, change] of spoilt) {
  test(`a file with ${name} fails the stream, with or without its digest`, async () => {
    await withFiles(change, async () => {
      for (const recordedBill of [plain, gzip, two]) {
        const bill = decryptedAnswer(recordedBill, baseUrl)
        for (const one of [bill, changed(bill, 0, { hash_value: '' })]) {
          const error = await failure(one)
          assert.match(error.code, /^ERR_RESPONSE_(DIGEST|MALFORMED)$/)
          assert.match(error.message, 'Do not use it')
          assert.is(error.operation, 'GET /v3/billdownload/file')
          assert.is(error.requestId, 'r-1')
        }
      }
    })
  })
}

test('a wrong tag of a file that unpacks and has the right digest is named as such', async () => {
  await withFiles(flip(-1), async () => {
    for (const bill of [plain, gzip]) {
      const error = await failure(decryptedAnswer(bill, baseUrl))
      assert.is(error.code, 'ERR_RESPONSE_DIGEST')
      assert.is(
        error.message,
        'GET /v3/billdownload/file: the encrypted file does not match its tag (Request-ID r-1). Do not use it: it is incomplete, was changed, or has another key or nonce. Download it again',
      )
    }
  })
})

test('the key or nonce of another file fails at the first bytes, before rows are read', async () => {
  const { encrypt_key } = decryptedAnswer(gzip, baseUrl).download_bill_list![0]!
  for (const recordedBill of [plain, two, byName('nonce-12')]) {
    const bill = decryptedAnswer(recordedBill, baseUrl)
    for (const change of [{ encrypt_key }, { nonce: '0000000000000000' }]) {
      const { data } = await downloadBills(client, changed(bill, 0, change))
      let read = 0
      const error = await thrownBy(async () => {
        for await (const piece of data!) read += piece.length
      })
      assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
      assert.match(error.message, 'the file was decrypted to neither gzip nor text')
      assert.match(error.message, 'Do not use it. key and nonce must be')
      assert.is(read, 0)
    }
  }
})

test('parts whose files are exchanged fail, as the numbers, keys and URLs belong together', async () => {
  const bill = decryptedAnswer(two, baseUrl)
  const [first, second] = bill.download_bill_list!
  const exchanged = changed(changed(bill, 0, { download_url: second!.download_url }), 1, {
    download_url: first!.download_url,
  })
  assert.is((await failure(exchanged)).code, 'ERR_RESPONSE_DIGEST')
})

const numbers: [numbers: readonly unknown[] | undefined, count: number, listed: string][] = [
  [[1], 2, '1'],
  [[1, 2], 1, '1, 2'],
  [[1, 1], 2, '1, 1'],
  [[2, 3], 2, '2, 3'],
  [[0, 1], 2, '0, 1'],
  [[1, 3], 2, '1, 3'],
  [[1, 1, 2], 2, '1, 1, 2'],
  [['1', '2'], 2, '1, 2'],
  [[1.5, 1], 2, '1.5, 1'],
  [[], 0, 'of no bill'],
  [[], 1, 'of no bill'],
  [undefined, 1, 'of no bill'],
]

for (const [sequence, count, listed] of numbers) {
  test(`files ${listed} of ${count} are refused before anything is sent`, async () => {
    const bill = decryptedAnswer(two, baseUrl)
    const list = sequence?.map((bill_sequence, i) => ({ ...bill.download_bill_list![i % 2], bill_sequence }))
    const odd = { download_bill_count: count, ...(list && { download_bill_list: list }) } as BillParts
    const error = await thrownBy(() => downloadBills(client, odd))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
    assert.match(
      error.message,
      `lists the files ${listed}, but download_bill_count is ${count}. Do not use them`,
    )
    assert.equal(seen, [])
  })
}

test('an entry that is none is refused before anything is sent', async () => {
  const odd = { download_bill_count: 1, download_bill_list: [null] } as unknown as BillParts
  assert.is((await thrownBy(() => downloadBills(client, odd))).code, 'ERR_RESPONSE_MALFORMED')
  assert.equal(seen, [])
})

test('something else than such a response is refused by name', async () => {
  const bill = decryptedAnswer(plain, baseUrl)
  for (const wrong of [
    undefined,
    null,
    'x',
    { data: bill },
    bill.download_bill_list,
    { download_url: 'x' },
  ]) {
    const error = await thrownBy(() => downloadBills(client, wrong as unknown as BillParts))
    assert.instance(error, RequestError)
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'download_bill_count and download_bill_list. Pass the data of the response')
  }
  const odd = { download_bill_count: 1, download_bill_list: 'x' } as unknown as BillParts
  assert.is((await thrownBy(() => downloadBills(client, odd))).code, 'ERR_REQUEST')
  assert.equal(seen, [])
})

const key = 'tEkDnNfribxUdl7dXTPyLsxPFkThf4Vu'
const nonce = '0f1e2d3c4b5a6978'

const keys: [name: string, decrypt: unknown, problem: string, hint: string][] = [
  ['no key', { nonce }, 'decrypt.key must be a string, but is undefined', '32 characters'],
  ['bytes as key', { key: Buffer.from(key), nonce }, 'but is bytes', '32 characters'],
  ['a number as key', { key: 1, nonce }, 'but is a number', '32 characters'],
  [
    'an empty key',
    { key: '', nonce },
    'decrypt.key must be 32 characters, but has 0',
    'as the client returned',
  ],
  ['a key that is cut', { key: key.slice(1), nonce }, 'must be 32 characters, but has 31', '32 characters'],
  ['a longer key', { key: `${key}=`, nonce }, 'must be 32 characters, but has 33', '32 characters'],
  ['hexadecimal', { key: Buffer.from(key).toString('hex'), nonce }, 'but has 64', '32 characters'],
  [
    '16 characters, the key of SM4',
    { key: key.slice(16), nonce },
    'decrypt.key has 16 characters, so the file is encrypted with SM4_GCM, which is not supported',
    'Ask for the bill with AEAD_AES_256_GCM, as algorithm or encryption_algorithm',
  ],
  [
    'the key as WeChat Pay sent it',
    { key: recorded.cases[0]!.answer.download_bill_list[0]!.encrypt_key, nonce },
    'decrypt.key is encrypted itself',
    "decrypt it with the merchant's private key first",
  ],
  ['no nonce', { key }, 'decrypt.nonce must be a string, but is undefined', 'Pass nonce as WeChat Pay'],
  ['null as nonce', { key, nonce: null }, 'decrypt.nonce must be a string, but is null', 'Pass nonce'],
  ['bytes as nonce', { key, nonce: Buffer.from(nonce, 'hex') }, 'but is bytes', 'it is not hexadecimal'],
  ['an empty nonce', { key, nonce: '' }, 'decrypt.nonce is empty', 'Pass nonce as WeChat Pay'],
  [
    'a nonce in hexadecimal',
    { key, nonce: Buffer.from(nonce).toString('hex') },
    'decrypt.nonce is hexadecimal for another text',
    'its characters are the bytes',
  ],
  [
    'a short nonce in capital hexadecimal',
    { key, nonce: Buffer.from('uluk4Ooz9ZpO').toString('hex').toUpperCase() },
    'decrypt.nonce is hexadecimal for another text',
    'it is not hexadecimal',
  ],
]

for (const [name, decrypt, problem, hint] of keys) {
  test(`refused before anything is sent: ${name}`, async () => {
    const error = await thrownBy(() =>
      download(client, `${baseUrl}/v3/billdownload/file?token=t`, { decrypt: decrypt as FileKey }),
    )
    assert.instance(error, EncryptionError)
    assert.is(error.code, 'ERR_DECRYPT_KEY')
    assert.ok(error.message.includes(problem), error.message)
    assert.ok(error.hint!.includes(hint), error.hint)
    assert.is(error.operation, 'GET /v3/billdownload/file')
    const secrets = Object.values(decrypt as FileKey).filter((value) => String(value).length > 10)
    for (const secret of secrets) assert.not.ok(printed(error).includes(String(secret)))
    assert.equal(seen, [])
  })
}

test('all parts are checked before the first is sent', async () => {
  const bill = decryptedAnswer(two, baseUrl)
  for (const [change, code] of [
    [{ encrypt_key: 'x' }, 'ERR_DECRYPT_KEY'],
    [{ nonce: '' }, 'ERR_DECRYPT_KEY'],
    [{ download_url: 'https://example.com/v3/billdownload/file' }, 'ERR_DOWNLOAD_HOST'],
    [{ hash_type: 'MD5' }, 'ERR_RESPONSE_DIGEST'],
  ] as const) {
    assert.is((await thrownBy(() => downloadBills(client, changed(bill, 1, change)))).code, code)
    assert.equal(seen, [])
  }
})

test('decrypt must be an object: null would turn decryption off', async () => {
  for (const decrypt of [null, key, true]) {
    const error = await thrownBy(() =>
      download(client, `${baseUrl}/v3/billdownload/file?token=t`, { decrypt: decrypt as unknown as FileKey }),
    )
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(
      error.message,
      'decrypt must be { key, nonce }. Leave it out for a file that is not encrypted',
    )
  }
  assert.equal(seen, [])
})

test('a nonce that is hexadecimal digits is its characters, in any length of WeChat Pay', async () => {
  const content = Buffer.from('记账时间,金额\r\n')
  for (const one of [
    'a8607ef79034c49c',
    '0123456789ab',
    '31323334353637383930',
    'd41d8cd98f00b204e9800998ecf8427e',
    `g${'61'.repeat(12)}`,
    `${'61'.repeat(12)}g`,
  ]) {
    files.set('/v3/billdownload/file?token=own', sealFile(content, key, one))
    const { data } = await download(client, `${baseUrl}/v3/billdownload/file?token=own`, {
      decrypt: { key, nonce: one },
    })
    assert.ok((await readAll(data!)).equals(content), one)
  }
})

test('an encrypted bill without decrypt: the error says what is likely', async () => {
  const [part] = decryptedAnswer(gzip, baseUrl).download_bill_list!
  const hash = { type: 'SHA1', value: part!.hash_value! }
  for (const options of [{}, { hash }]) {
    const { data } = await download(client, part!.download_url, options)
    const error = await thrownBy(() => readAll(data!))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
    assert.match(error.message, 'probably encrypted')
    assert.match(
      error.message,
      'If the response that named it has encrypt_key, pass decrypt or use downloadBills',
    )
    assert.not.match(error.message, 'download it again')
  }
  const [unpacked] = decryptedAnswer(plain, baseUrl).download_bill_list!
  const { data } = await download(client, unpacked!.download_url, { hash })
  const error = await thrownBy(() => readAll(data!))
  assert.is(error.code, 'ERR_RESPONSE_DIGEST')
  assert.match(error.message, 'with decrypt if it has an encrypt_key')
  const text = await download(client, unpacked!.download_url)
  const malformed = await thrownBy(async () => {
    for await (const row of parseBill(text.data!)) assert.unreachable(String(row))
  })
  assert.match(malformed.message, 'use downloadBills')
})

test('gzip by the first bytes after decryption, whatever the URL says; gzip: false leaves it', async () => {
  const content = Buffer.from('记账时间,金额\r\n'.repeat(100))
  const packed = gzipSync(content)
  const decrypt = { key, nonce }
  const get = async (target: string, options: { gzip?: boolean } = {}) => {
    const { data } = await download(client, baseUrl + target, { decrypt, ...options })
    return readAll(data!)
  }
  for (const target of ['/v3/billdownload/file?token=own', '/v3/billdownload/file?token=own&tartype=gzip']) {
    for (const file of [content, packed]) {
      files.set(target, sealFile(file, key, nonce))
      assert.ok((await get(target)).equals(content))
      assert.ok((await get(target, { gzip: true })).equals(content))
      assert.ok((await get(target, { gzip: false })).equals(file))
    }
  }
})

test('fetch has unpacked it on the way: plain, gzip and encrypted bills are read all the same', async () => {
  const content = Buffer.from('记账时间,金额\r\n'.repeat(100))
  const target = '/v3/billdownload/file?token=own&tartype=gzip'
  const hash = { type: 'SHA1', value: opensslDigest('sha1', content) }
  const labelled = (file: Buffer) => {
    respond = (response) => response.setHeader('Content-Encoding', 'gzip').end(gzipSync(file))
  }
  files.set(target, content)
  for (const file of [content, gzipSync(content)]) {
    labelled(file)
    for (const options of [{ hash }, {}]) {
      const { data } = await download(client, baseUrl + target, options)
      assert.ok((await readAll(data!)).equals(content))
    }
    labelled(sealFile(file, key, nonce))
    const { data } = await download(client, baseUrl + target, { hash, decrypt: { key, nonce } })
    assert.ok((await readAll(data!)).equals(content))
  }
})

test('plain where gzip was asked is read, and its digest checked', async () => {
  const content = Buffer.from('记账时间,金额\r\n'.repeat(100))
  const target = '/v3/billdownload/file?token=own&tartype=gzip'
  files.set(target, content)
  const hash = { type: 'SHA1', value: opensslDigest('sha1', content) }
  const { data } = await download(client, baseUrl + target, { hash })
  assert.ok((await readAll(data!)).equals(content))
  const wrong = await download(client, baseUrl + target, { hash: { type: 'SHA1', value: '0'.repeat(40) } })
  assert.is((await thrownBy(() => readAll(wrong.data!))).code, 'ERR_RESPONSE_DIGEST')
})

test('an error response for one part is the result, and the other download is closed', async () => {
  const bill = decryptedAnswer(two, baseUrl)
  const open = openResponses()
  for (const [index, change] of [0, 1].map((i) => [i, { download_url: `${baseUrl}/v3/gone` }] as const)) {
    const { data, error, response } = await downloadBills(client, changed(bill, index, change))
    assert.is(data, undefined)
    assert.is(error?.code, 'NO_STATEMENT_EXIST')
    assert.is(response.status, 404)
    await closed(open)
  }
  assert.is(seen.length, 4)
})

/** Responses that are not ended, and so stay open until the client closes them. */
function openResponses(): Set<ServerResponse> {
  const open = new Set<ServerResponse>()
  respond = (response, file) => {
    open.add(response)
    response.once('close', () => open.delete(response))
    response.write(file.subarray(0, -1))
  }
  return open
}

async function closed(open: Set<ServerResponse>): Promise<void> {
  for (let i = 0; i < 200 && open.size > 0; i++) await pause(10)
  assert.is(open.size, 0, 'responses are open still')
}

test('a connection that fails for one part is thrown, and the other download is closed', async () => {
  const open = openResponses()
  const keep = respond
  respond = (response, file) => {
    if (seen.length === 2) response.destroy()
    else keep(response, file)
  }
  const error = await thrownBy(() => downloadBills(client, decryptedAnswer(two, baseUrl)))
  assert.is(error.code, 'ERR_NETWORK')
  await closed(open)
})

test('an error in the first part closes the second; cancelling closes both', async () => {
  const bill = decryptedAnswer(two, baseUrl)
  let open = openResponses()
  const wrong = await downloadBills(client, changed(bill, 0, { nonce: '0000000000000000' }))
  assert.is(seen.length, 2)
  assert.is((await thrownBy(() => readAll(wrong.data!))).code, 'ERR_RESPONSE_MALFORMED')
  await closed(open)

  open = openResponses()
  const { data } = await downloadBills(client, bill)
  const reader = data!.getReader()
  await reader.read()
  await reader.cancel()
  await closed(open)
})

test('leaving early is no error, even when a part that waits has failed', async () => {
  const sockets: ServerResponse[] = []
  respond = (response, file) => {
    sockets.push(response)
    response.write(file.subarray(0, -1))
  }
  const { data } = await downloadBills(client, decryptedAnswer(two, baseUrl))
  const reader = data!.getReader()
  await reader.read()
  for (const response of sockets) response.destroy()
  await pause(50)
  await reader.cancel()
})

test('a part that breaks off while it waits fails the stream when its turn comes', async () => {
  respond = (response, file) => {
    if (seen.length === 1) response.end(file)
    else response.write(file.subarray(0, 100), () => response.destroy())
  }
  const error = await failure(decryptedAnswer(two, baseUrl))
  assert.is(error.code, 'ERR_NETWORK')
})

test('an abort ends all downloads with the reason of the caller', async () => {
  const open = openResponses()
  const controller = new AbortController()
  const { data } = await downloadBills(client, decryptedAnswer(two, baseUrl), { signal: controller.signal })
  const reading = readAll(data!).catch((thrown: unknown) => thrown)
  assert.is(open.size, 2)
  const reason = new Error('enough')
  controller.abort(reason)
  assert.is(await reading, reason)
  await closed(open)
})

test('all downloads begin at once, and wait until they are read, in constant memory', async () => {
  const size = 16 * 1024 * 1024
  const parts = [1, 2, 3].map((number) => {
    const content = Buffer.alloc(size, `\`${number}`)
    const target = `/v3/billdownload/file?token=large-${number}`
    files.set(target, sealFile(content, key, nonce))
    return { bill_sequence: number, download_url: baseUrl + target, encrypt_key: key, nonce }
  })
  const written = [0, 0, 0]
  respond = async (response, file) => {
    const index = seen.length - 1
    const gone = once(response, 'close')
    for (const piece of cut(file, Array<number>(255).fill(65_536))) {
      if (response.destroyed) return
      const more = response.write(piece)
      written[index]! += piece.length
      if (!more) await Promise.race([once(response, 'drain'), gone])
    }
    response.end()
  }
  const { data } = await downloadBills(client, { download_bill_count: 3, download_bill_list: parts })
  assert.is(seen.length, 3)
  const reader = data!.getReader()
  const first = await reader.read()
  assert.is(first.value?.[1], '1'.charCodeAt(0))
  await pause(300)
  for (const bytes of written)
    assert.ok(bytes > 0 && bytes < size / 2, `${written} of ${size} each were sent`)
  let total = first.value!.length
  const order: number[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    total += value.length
    const number = value.find((byte) => byte !== 0x60)
    if (number === undefined) continue
    if (order.at(-1) !== number) order.push(number)
  }
  assert.is(total, 3 * size)
  assert.is(Buffer.from(order).toString(), '123')
})

test('text of random rows survives encryption, gzip and any chunks of the socket', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => `\`${i},\`${randomBytes(6).toString('hex')}行\r\n`)
  const content = Buffer.from(rows.join(''))
  const target = '/v3/billdownload/file?token=own'
  files.set(target, sealFile(gzipSync(content), key, nonce))
  respond = async (response, file) => {
    for (const piece of cut(file, [1, 15, 16, 17, 1000, 4097])) {
      response.write(piece)
      await pause(5)
    }
    response.end()
  }
  const { data } = await download(client, baseUrl + target, { decrypt: { key, nonce } })
  assert.ok((await readAll(data!)).equals(content))
})

test.run()
