import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { RequestRecord } from '../../../sandbox/index.ts'
import { partBytes } from '../../../sandbox/receive/read-multipart.ts'
import { type ClientOptions, createClient } from '../../../src/index.ts'
import type { By, Peer } from './peer.ts'
import { join } from './world.ts'

const { sandbox, peers, matrix, merchant, platform, options, leave } = await join()
test.after(leave)

const { platform: _, ...automatic } = options
const ways: Record<By, ClientOptions> = { key: options, certificate: { ...automatic, certificates: 'auto' } }
const guide = { corpid: 'ww', store_id: 1, userid: 'u', qr_code: 'https://x/', avatar: 'https://x/' }
const secrets = { name: '张三', mobile: '13800138000' }
const content = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256)

function last(): RequestRecord {
  return sandbox.requests.at(-1)!
}

/** Asks a peer whether the Authorization of a request of ours fits the bytes that it should cover. */
async function authorized(
  peer: Peer,
  { method, target, headers }: RequestRecord,
  signed: Buffer,
): Promise<boolean> {
  const pairs = [...headers.authorization!.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ])
  const { timestamp, nonce_str, signature } = Object.fromEntries(pairs)
  return peer.verify(
    `${method}\n${target}\n${timestamp}\n${nonce_str}\n${signed}\n`,
    signature,
    merchant.publicKey,
  )
}

for (const by of ['key', 'certificate'] as const) {
  const how = by === 'key' ? 'public key' : 'downloaded certificate'
  const client = createClient(ways[by])

  for (const peer of peers) {
    test(`${peer.name}: our client’s requests, by ${how}`, () =>
      matrix.judge(`our client’s Authorization verifies there, by ${how}`, peer.name, async () => {
        const { data } = await client.GET('/v3/smartguide/guides', {
          params: { query: { store_id: 1, userid: 'a b+中', mobile: secrets.mobile } },
        })
        assert.is(data?.data?.[0]?.name, 'name-1')
        assert.is(last().headers['wechatpay-serial'], platform[by].serial)
        assert.ok(await authorized(peer, last(), last().body))
        assert.not.ok(await authorized(peer, { ...last(), method: 'POST' }, last().body))
        await client.POST('/v3/smartguide/guides', { body: { ...guide, ...secrets } })
        assert.ok(await authorized(peer, last(), last().body))
      }))

    test(`${peer.name}: our client’s sensitive fields, by ${how}`, () =>
      matrix.judge(`our client’s sensitive fields decrypted there, by ${how}`, peer.name, async () => {
        const { error } = await client.POST('/v3/smartguide/guides', { body: { ...guide, ...secrets } })
        assert.is(error, undefined)
        assert.equal(last().decrypted, { '/name': secrets.name, '/mobile': secrets.mobile })
        const { privateKey } = platform[by]
        const sent = JSON.parse(last().body.toString())
        assert.is(await peer.decrypt(sent.name, privateKey as string), secrets.name)
        assert.is(await peer.decrypt(sent.mobile, privateKey as string), secrets.mobile)
      }))

    test(`${peer.name}: our client’s upload, by ${how}`, () =>
      matrix.judge(
        `our client’s upload: its Authorization verifies there, by ${how}`,
        peer.name,
        async () => {
          const body = { file: content, meta: { filename: '图.png' } }
          const { data } = await client.POST('/v3/merchant/media/upload', { body })
          assert.equal(data, { media_id: 'media_id-1' })
          assert.equal(new Uint8Array(await last().file!.arrayBuffer()), content)
          assert.ok(await authorized(peer, last(), partBytes(last(), 'meta')))
          assert.not.ok(await authorized(peer, last(), last().body))
        },
      ))
  }
}

test.run()
