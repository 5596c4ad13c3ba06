import { verify } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { Report } from '../program/input.ts'
import type { RequestRecord } from './sandbox.ts'
import type { World } from './world.ts'

/** What came of one check. */
export interface Result {
  name: string
  failure?: string
  note?: string
  ms?: number
}

interface Observed {
  world: World
  /** What the runtime printed. */
  output: string
}

/** What is seen from WeChat Pay's side alone. */
const checks: Readonly<Record<string, (observed: Observed) => void | Promise<void>>> = {
  'sensitive fields came encrypted, and open to what was sent'({ world }) {
    const [guide, own] = ['fields-1', 'middleware-2'].map((userid) =>
      find(
        world,
        'POST /v3/smartguide/guides',
        ({ value }) => (value as { userid?: string })?.userid === userid,
      ),
    )
    assert.equal(guide?.decrypted, { '/name': '张三', '/mobile': '13900000000' })
    assert.equal(own?.decrypted, { '/name': '王五', '/mobile': '13900000000' })
    assert.not.match(guide!.body.toString(), '张三')
    const listed = find(world, 'GET /v3/smartguide/guides', ({ decrypted }) => 'mobile' in decrypted)
    assert.is(listed?.decrypted['mobile'], '13900000000')
    assert.not.match(listed!.target, '13900000000')
  },

  'the field for the platform certificate is encrypted with it'({ world }) {
    const patched = find(world, 'PATCH /v3/smartguide/guides/{guide_id}', ({ target }) =>
      target.endsWith('/certificates-1'),
    )
    assert.equal(patched?.decrypted, { '/name': '李四' })
    assert.is(patched?.headers['wechatpay-serial'], world.input.certificateSerial)
  },

  async 'uploaded files are what was sent'({ world }) {
    const uploads = world.sandbox.requests.filter(
      ({ operation }) => operation === 'POST /v3/merchant/media/upload',
    )
    const sent = Buffer.from(Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 251))
    assert.is(uploads.length, 4)
    for (const { file } of uploads) {
      assert.ok(file && sent.equals(Buffer.from(await file.arrayBuffer())), file?.name)
    }
    const filenames = uploads.map(({ value }) => (value as { filename: string }).filename)
    assert.equal(filenames, ['一.png', '二.png', '三.png', '四.png'])
  },

  'what was tried again has the same body and another nonce'({ world }) {
    const tries = world.sandbox.requests.filter(({ headers }) => headers['x-fault'] === 'busy-once')
    assert.is(tries.length, 2)
    const [first, second] = tries as [RequestRecord, RequestRecord]
    assert.ok(first.body.equals(second.body))
    const nonces = tries.map(({ headers }) => /nonce_str="([^"]+)"/.exec(headers.authorization ?? '')?.[1])
    assert.type(nonces[0], 'string')
    assert.is.not(nonces[0], nonces[1])
  },

  'no redirect was followed'({ world }) {
    assert.ok(world.sandbox.requests.some(({ headers }) => headers['x-fault'] === 'redirect'))
    assert.not.ok(world.sandbox.requests.some(({ target }) => target.startsWith('/v3/elsewhere')))
  },

  'pay signs verify with the merchant’s public key'({ world }) {
    const evidence = world.side.reports.flatMap((one) => ('evidence' in one ? [one.evidence] : []))
    assert.is(evidence.length, 1)
    const [{ jsapi, app }] = evidence as [Record<'jsapi' | 'app', Record<string, string>>]
    const lines = {
      jsapi: [jsapi['appId'], jsapi['timeStamp'], jsapi['nonceStr'], jsapi['package']],
      app: [app['appid'], app['timestamp'], app['noncestr'], app['prepayid']],
    }
    for (const [signed, signature] of [
      [lines.jsapi, jsapi['paySign']],
      [lines.app, app['sign']],
    ] as const) {
      const message = Buffer.from(signed.map((line) => `${line}\n`).join(''))
      assert.ok(verify('sha256', message, world.merchant.publicKey, Buffer.from(signature ?? '', 'base64')))
    }
  },

  async 'answers that stall are given up: their connections are closed'({ world }) {
    const { stalls } = world.side
    for (let waited = 0; stalls.givenUp < stalls.begun && waited < 100; waited++) await pause(50)
    assert.equal(stalls, { begun: 3, givenUp: 3 })
  },

  'what was printed shows the merchant, and no secret'({ world, output }) {
    assert.match(output, world.input.mchid)
    for (const secret of world.secrets) assert.not.match(output, secret)
    assert.not.match(output, 'WECHATPAY2-SHA256-RSA2048')
  },
}

/**
 * What came of every check: those that the program reported, those that it did not come to, and the server's own.
 *
 * @param ended why the runtime ended before all was done
 */
export async function judge(observed: Observed, ended: string | undefined): Promise<Result[]> {
  const { reports } = observed.world.side
  const first = reports.find((one): one is Extract<Report, { names: string[] }> => 'names' in one)
  if (!first) return [{ name: 'the program starts', failure: ended ?? 'it reported nothing' }]
  const done = new Map(reports.flatMap((one) => ('name' in one ? [[one.name, one] as const] : [])))
  const reported = first.names.map((name): Result => {
    const found = done.get(name)
    if (!found) return { name, failure: `no result: ${ended ?? 'the program ended before'}` }
    const { failure, note, ms } = found
    return { name, ms, ...(failure !== undefined && { failure }), ...(note !== undefined && { note }) }
  })
  const seen: Result[] = []
  for (const [what, check] of Object.entries(checks)) {
    const name = `server: ${what}`
    try {
      await check(observed)
      seen.push({ name })
    } catch (error) {
      seen.push({ name, failure: failureOf(error) })
    }
  }
  const early = ended === undefined ? [] : [{ name: 'the program ends well', failure: ended }]
  return [...reported, ...seen, ...early]
}

function failureOf(error: unknown): string {
  const { message, details } = error as { message: string; details?: string }
  return details ? `${message}\n${details}` : message
}

function find(
  { sandbox }: World,
  operation: string,
  matches: (request: RequestRecord) => boolean,
): RequestRecord | undefined {
  return sandbox.requests.find((request) => request.operation === operation && matches(request))
}
