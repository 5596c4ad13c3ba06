import { createVerify, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { rsaPair } from '../../support/keys.ts'
import { type LooseClient, mchid, ownOperations, platformSerial, serial } from '../../support/world.ts'

/**
 * The defects that were seen in other JavaScript clients of WeChat Pay. Each has a check that our code passes, and
 * that a copy of our code fails once the same defect was put into it: so the check is known to see it.
 */
type Module = typeof import('../../../src/index.ts') &
  typeof import('../../../src/webhooks/index.ts') &
  Pick<typeof import('../../../src/encryption/aead.ts'), 'aead'> &
  Pick<typeof import('../../../src/chain/index.ts'), 'chain'>

interface Defect {
  name: string
  /** The file that is broken, what is replaced in it, and by what. */
  file: string
  from: string
  to: string
  /** Rejects when the defect is there. */
  check(module: Module): Promise<void>
}

const root = fileURLToPath(new URL('../../../', import.meta.url))
const merchant = rsaPair()
const platform = rsaPair()
const apiV3Key = 'k'.repeat(32)

async function load(defect?: Defect): Promise<Module> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './src/index.ts'; export * from './src/webhooks/index.ts'
        export { aead } from './src/encryption/aead.ts'; export { chain } from './src/chain/index.ts'`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [
      {
        name: 'defect',
        setup({ onLoad }) {
          if (!defect) return
          onLoad({ filter: new RegExp(`/${defect.file.replaceAll('.', '\\.')}$`) }, ({ path }) => {
            const text = readFileSync(path, 'utf8')
            assert.is(text.split(defect.from).length, 2, `${defect.file} has once: ${defect.from}`)
            return { contents: text.replace(defect.from, () => defect.to), loader: 'ts' }
          })
        },
      },
    ],
  })
  const code = Buffer.from(outputFiles[0]!.contents)
  return import(`data:text/javascript;base64,${code.toString('base64')}`)
}

interface Sent {
  request: Request
  body: string
}

/** A client of a module, with a WeChat Pay that records requests and responds as the test wants. */
function clientOf(module: Module, answers: ((sent: Sent) => Response)[] = []) {
  const sent: Sent[] = []
  const client = module.createClient(
    {
      mchid,
      serial,
      privateKey: merchant.privateKey,
      platform: { [platformSerial]: platform.publicKey },
      retry: { minDelay: 0 },
      async fetch(request: Request) {
        const one = { request, body: await request.clone().text() }
        sent.push(one)
        const answer = answers[Math.min(sent.length, answers.length) - 1]
        return answer ? answer(one) : new Response('{"code":"NO","message":""}', { status: 400 })
      },
    },
    ownOperations,
  ) as unknown as LooseClient
  return { client, sent }
}

/** Does a request's signature cover the request as it was sent? */
function signed({ request, body }: Sent): boolean {
  const header = request.headers.get('Authorization') ?? ''
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? ''
  const { pathname, search } = new URL(request.url)
  const lines = [request.method, pathname + search, field('timestamp'), field('nonce_str'), body]
  const message = lines.map((line) => `${line}\n`).join('')
  return createVerify('sha256').update(message).verify(merchant.publicKey, field('signature'), 'base64')
}

const nonceOf = ({ request }: Sent) => /nonce_str="(\w+)"/.exec(request.headers.get('Authorization')!)![1]!

async function rejects(promise: Promise<unknown>, code?: string): Promise<void> {
  const outcome = await promise.then(
    () => 'nothing',
    (error) => error.code,
  )
  assert.ok(code ? outcome === code : outcome !== 'nothing', `rejected with ${outcome}`)
}

const unsigned = () => Response.json({ state: 'SUCCESS' })
const busy = () => new Response('{"code":"SYSTEM_ERROR","message":""}', { status: 500 })

const defects: Defect[] = [
  {
    name: '1. the tag of AES-GCM is not checked',
    file: 'src/encryption/aead.ts',
    from: 'await crypto.subtle.decrypt(gcm(nonce, associated_data), await key(), bytes)',
    to: `await (async () => {
      const counter = new Uint8Array(16); counter.set(utf8(nonce)); counter[15] = 2
      const bare = await crypto.subtle.importKey('raw', raw!, 'AES-CTR', false, ['decrypt'])
      return crypto.subtle.decrypt({ name: 'AES-CTR', counter, length: 32 }, bare, bytes.slice(0, -16))
    })()`,
    async check({ aead }) {
      const { decrypt, encrypt } = aead(apiV3Key)
      const sealed = await encrypt({ plaintext: '{"total":100}', associated_data: 'transaction' })
      assert.is(new TextDecoder().decode(await decrypt(sealed)), '{"total":100}')
      const bytes = Buffer.from(sealed.ciphertext, 'base64')
      for (const index of [9, bytes.length - 1]) {
        const flipped = Buffer.from(bytes)
        flipped[index]! ^= 1
        await rejects(decrypt({ ...sealed, ciphertext: flipped.toString('base64') }), 'ERR_DECRYPT')
      }
      await rejects(decrypt({ ...sealed, associated_data: 'refund' }), 'ERR_DECRYPT')
    },
  },
  {
    name: '2. the result of the verification is dropped',
    file: 'src/verification/verify.ts',
    from: 'if (!bytes || !(await verifiedBy(key, signed, bytes))) {',
    to: "if (!bytes || !(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes, signed), true)) {",
    async check(module) {
      const forged = () =>
        new Response('{"state":"SUCCESS"}', {
          headers: {
            'Wechatpay-Serial': platformSerial,
            'Wechatpay-Nonce': 'n',
            'Wechatpay-Timestamp': String(Math.floor(Date.now() / 1000)),
            'Wechatpay-Signature': Buffer.alloc(256, 1).toString('base64'),
          },
        })
      const { client } = clientOf(module, [forged])
      await rejects(client.GET('/v3/smartguide/guides'), 'ERR_RESPONSE_SIGNATURE')
    },
  },
  {
    name: '3. path variables are put into the URL as they are',
    file: 'src/url/path.ts',
    from: 'return encodeURIComponent(value)',
    to: 'return value',
    async check(module) {
      const { client, sent } = clientOf(module)
      const path = { out_trade_no: 'a/close' }
      await client.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', {
        params: { path, query: { mchid } },
      })
      assert.is(new URL(sent[0]!.request.url).pathname, '/v3/pay/transactions/out-trade-no/a%2Fclose')
      for (const out_trade_no of ['..', '../../refund/domestic/refunds/1?x=1#']) {
        await client
          .GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', { params: { path: { out_trade_no } } })
          .catch(() => {})
        for (const { request } of sent)
          assert.match(new URL(request.url).pathname, /^\/v3\/pay\/transactions\/out-trade-no\/[^/]+$/)
      }
    },
  },
  {
    name: '4. a request without a body is signed as if it had one',
    file: 'src/signature/message.ts',
    from: "function lines(head: string, body: Uint8Array | string = ''): Bytes {",
    to: "function lines(head: string, body: Uint8Array | string = '{}'): Bytes {",
    async check(module) {
      const { client, sent } = clientOf(module)
      const path = { guide_id: '1' }
      await client.POST('/v3/smartguide/guides/{guide_id}/assign', { params: { path } })
      await client.DELETE('/v3/smartguide/guides/{guide_id}', { params: { path } })
      assert.equal(sent.map(signed), [true, true])
    },
  },
  {
    name: '4. a body that is text already is signed as JSON of it',
    file: 'src/exchange/attempts.ts',
    from: 'body: request.signedText ?? body })',
    to: 'body: request.signedText ?? JSON.stringify(body) })',
    async check(module) {
      const { client, sent } = clientOf(module)
      await client.POST('/v3/pay/transactions/native', { body: '{"description":"中文"}' })
      assert.is(sent[0]!.body, '{"description":"中文"}')
      assert.ok(signed(sent[0]!))
    },
  },
  {
    name: '5. Wechatpay-Serial falls back to the merchant’s own serial',
    file: 'src/exchange/attempts.ts',
    from: 'traits.unauthorized ? undefined : request.platformSerial',
    to: `'${serial}'`,
    check: asksForTheRightKey,
  },
  {
    name: '5. Wechatpay-Serial is never sent',
    file: 'src/exchange/attempts.ts',
    from: 'traits.unauthorized ? undefined : request.platformSerial',
    to: 'undefined',
    check: asksForTheRightKey,
  },
  {
    name: '6. nonces come from Math.random',
    file: 'src/signature/nonce.ts',
    from: 'crypto.getRandomValues(pool)',
    to: 'pool.forEach((_, index) => { pool[index] = Math.random() * 256 })',
    async check(module) {
      const { client, sent } = clientOf(module)
      const { random } = Math
      Math.random = () => 0.5
      try {
        await client.GET('/v3/smartguide/guides')
        await client.GET('/v3/smartguide/guides')
      } finally {
        Math.random = random
      }
      assert.is.not(nonceOf(sent[0]!), nonceOf(sent[1]!))
    },
  },
  {
    name: '7. a handler that threw is answered with success',
    file: 'src/webhooks/notifications.ts',
    from: 'return reported(error, failed())',
    to: 'return reported(error, accepted())',
    async check(module) {
      const notifications = module.createNotifications({
        apiV3Key,
        platform: { [platformSerial]: platform.publicKey },
        onError: () => {},
      })
      const resource = await module.aead(apiV3Key).encrypt({ plaintext: '{}', associated_data: 'x' })
      const body = JSON.stringify({
        id: '1',
        create_time: '2026-01-01T00:00:00+08:00',
        resource_type: 'encrypt-resource',
        event_type: 'TRANSACTION.SUCCESS',
        summary: '',
        resource: { algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction', ...resource },
      })
      const timestamp = String(Math.floor(Date.now() / 1000))
      const headers = {
        'Wechatpay-Serial': platformSerial,
        'Wechatpay-Nonce': 'n',
        'Wechatpay-Timestamp': timestamp,
        'Wechatpay-Signature': sign(
          'sha256',
          Buffer.from(`${timestamp}\nn\n${body}\n`),
          platform.privateKey,
        ).toString('base64'),
      }
      const request = () => new Request('https://shop.example/notify', { method: 'POST', headers, body })
      let seen = 0
      const handle = notifications.handler(() => {
        seen++
        throw new Error('the database is away')
      })
      assert.is((await handle(request())).status, 500)
      assert.is(seen, 1)
      assert.is((await notifications.handler(() => {})(request())).status, 204)
    },
  },
  {
    name: '8. the verification is skipped by how the path looks',
    file: 'src/verification/verify-response.ts',
    from: 'if (unsigned || traits.digest) {',
    to: "if (name.includes('/v3/billdownload/file')) return withBody(response, (await readBody(response, maxBytes))!)\n  if (unsigned || traits.digest) {",
    async check(module) {
      const { client } = clientOf(module, [unsigned])
      const { request } = module.unlisted(client)
      await rejects(request('GET', '/v3/billdownload/file/of/another'), 'ERR_RESPONSE_UNSIGNED')
      await rejects(request('POST', '/v3/billdownload/file', { body: {} }), 'ERR_RESPONSE_UNSIGNED')
      await rejects(
        client.GET('/v3/smartguide/guides', { params: { query: { x: '/v3/billdownload/file' } } }),
        'ERR_RESPONSE_UNSIGNED',
      )
    },
  },
  {
    name: '9. the private key is parsed for each request',
    file: 'src/keys/signer.ts',
    from: 'imported ??= ',
    to: 'imported = ',
    async check(module) {
      const { client } = clientOf(module)
      const { importKey } = crypto.subtle
      let imports = 0
      crypto.subtle.importKey = ((...args: Parameters<typeof importKey>) => {
        imports++
        return importKey.apply(crypto.subtle, args)
      }) as typeof importKey
      try {
        for (let index = 0; index < 5; index++) await client.GET('/v3/smartguide/guides')
      } finally {
        crypto.subtle.importKey = importKey
      }
      // One of the merchant's, one of WeChat Pay's.
      assert.ok(imports <= 2, `${imports} imports`)
    },
  },
  {
    name: '10. the chain is a thenable',
    file: 'src/chain/nodes.ts',
    from: "if (typeof name === 'symbol' || name in target || isProbe(name)) return Reflect.get(target, name)",
    to: `if (typeof name === 'symbol' || name in target) return Reflect.get(target, name)
      return () => this.client['GET']!('/v3/smartguide/guides', {})`,
    async check(module) {
      const { client, sent } = clientOf(module)
      const wechatpay = module.chain(client as never) as unknown as {
        then: unknown
        v3: { smartguide: unknown }
      }
      await Promise.race([wechatpay, new Promise((resolve) => setTimeout(resolve, 20))])
      await Promise.race([wechatpay.v3.smartguide, new Promise((resolve) => setTimeout(resolve, 20))])
      assert.is(sent.length, 0)
      assert.type(wechatpay.then, 'undefined')
    },
  },
  {
    name: '11. a repetition carries the old nonce and signature',
    file: 'src/exchange/attempts.ts',
    from: 'authorized = await authorize(',
    to: 'authorized ??= await authorize(',
    async check(module) {
      const { client, sent } = clientOf(module, [busy])
      await client.GET('/v3/smartguide/guides')
      assert.is(sent.length, 3)
      assert.is(new Set(sent.map(nonceOf)).size, 3)
      assert.ok(sent.every(signed))
    },
  },
  {
    name: '11. anything is repeated',
    file: 'src/retry/retryable.ts',
    from: "if (method === 'GET') return true",
    to: "if (method !== '') return true",
    async check(module) {
      const { client, sent } = clientOf(module, [busy])
      await client.POST('/v3/smartguide/guides', { body: { name: 'x' } })
      assert.is(sent.length, 1)
      await client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: '1' } })
      assert.is(sent.length, 4)
    },
  },
]

async function asksForTheRightKey(module: Module): Promise<void> {
  const { client, sent } = clientOf(module)
  await client.GET('/v3/smartguide/guides')
  await client.POST('/v3/smartguide/guides', { body: {} })
  for (const { request } of sent) assert.is(request.headers.get('Wechatpay-Serial'), platformSerial)
}

const ours = await load()

for (const defect of defects) {
  test(defect.name, async () => {
    await defect.check(ours)
    const broken = await load(defect)
    let seen = false
    try {
      await defect.check(broken)
    } catch {
      seen = true
    }
    assert.ok(seen, 'the check does not see the defect')
  })
}

test.run()
