import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hosts as compilerHosts } from '../../codegen/hosts.ts'
import { operations } from '../../generated/operations.ts'
import { chain } from '../../src/chain/index.ts'
import { hosts } from '../../src/hosts.ts'
import { download, pathClient } from '../../src/index.ts'
import { knownOperations } from '../../src/operations/operation.ts'
import type { Traits } from '../../src/operations/traits.ts'
import { rsaPair } from '../support/keys.ts'
import { type LooseClient, looseClient, mchid, platformSerial, serial } from '../support/world.ts'

/** What a forged table must not decide: each attack is made over all four ways to call, down to the socket. */
const path = '/v3/smartguide/guides/{guide_id}'
// The clients of a process share what was read of a table. Other test files do so too: it is put back.
const table: { -readonly [Name in keyof Traits]: Traits[Name] } = knownOperations([operations]).find(
  'PATCH',
  path,
)!.traits
const known = { ...table }
for (const name of Object.keys(table)) delete table[name as keyof Traits]
const merchant = rsaPair()
const platform = rsaPair()
const guide_id = 'guide-1'
const json = { name: 'name' }

const received: string[] = []
let server: Server
let url = ''
const answer = { type: 'application/json', body: '{"code_url":"https://collect.example/"}' }

test.before(async () => {
  server = createServer((request, response) => {
    received.push(`${request.headers.host} ${request.url}`)
    response.writeHead(200, { 'Content-Type': answer.type }).end(answer.body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.after(() => {
  Object.assign(table, known)
  server.closeAllConnections()
  server.close()
})
test.after.each(() => {
  for (const name of Object.keys(table)) delete table[name as keyof Traits]
  received.length = 0
})

type Call = (client: LooseClient) => Promise<unknown>
type Loose = { [name: string]: Loose } & ((options: object) => Promise<unknown>)
const loose = (client: LooseClient) => chain(client as never) as unknown as Loose
const init = { params: { path: { guide_id } }, body: json }

const styles: Record<string, Call> = {
  'by path': (client) => client.PATCH(path, init),
  'by an object per path': (client) =>
    (
      pathClient(client as never) as unknown as Record<
        string,
        Record<string, (init: object) => Promise<unknown>>
      >
    )['/v3/smartguide/guides/<guide_id>']!['PATCH']!(init),
  'by a chain': (client) =>
    loose(client)['v3']!['smartguide']!['guides']!['_guide_id_']!['patch']!({ guide_id, json }),
  'by a path in the chain': (client) =>
    loose(client)['v3/smartguide/guides/{guide_id}']!['patch']!({ guide_id, json }),
}

/** A client whose table is forged. */
async function forged(traits: Traits, options: object = {}): Promise<LooseClient> {
  Object.assign(table, traits)
  return looseClient({
    mchid,
    serial,
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    ...options,
  })
}

async function thrown(call: Promise<unknown>): Promise<{ code?: string; message: string }> {
  return call.then(
    (result) => {
      throw new Error(`resolved with ${JSON.stringify(result)}`)
    },
    (error) => error,
  )
}

for (const [style, call] of Object.entries(styles)) {
  test(`${style}: nothing is signed or sent to a host that only the table names`, async () => {
    const sent: string[] = []
    const foreign = [
      'https://collect.example',
      'https://api.mch.weixin.qq.com:8443',
      'http://api.mch.weixin.qq.com',
    ]
    for (const host of foreign) {
      const client = await forged(
        { servers: [host, 'https://api.mch.weixin.qq.com'] },
        {
          async fetch(request: Request) {
            sent.push(request.url)
            return new Response(null, { status: 500 })
          },
        },
      )
      const error = await thrown(call(client))
      assert.is(error.code, 'ERR_HOST')
      assert.match(error.message, host)
    }
    assert.equal(sent, [])
  })

  test(`${style}: an unsigned JSON response is not data, whatever the table says`, async () => {
    for (const traits of [{ unsigned: true }, { unsigned: true, file: true }] as const) {
      const client = await forged(traits, { baseUrl: url, retry: false })
      const error = await thrown(call(client))
      assert.is(error.code, 'ERR_RESPONSE_UNSIGNED', error.message)
    }
    assert.is(received.length, 2)
  })

  test(`${style}: a middleware sends nothing to a host that baseUrl does not name`, async () => {
    const client = await forged(
      {},
      {
        middleware: [
          {
            onRequest: ({ request }: { request: Request }) =>
              new Request(request.url.replace(/^https:\/\/[^/]+/, url), request),
          },
        ],
      },
    )
    assert.is((await thrown(call(client))).code, 'ERR_HOST')
    assert.equal(received, [])
  })

  test(`${style}: the user's own baseUrl is reached`, async () => {
    const client = await forged({ servers: ['https://collect.example'] }, { baseUrl: url, retry: false })
    assert.is((await thrown(call(client))).code, 'ERR_RESPONSE_UNSIGNED')
    assert.equal(received, [`${new URL(url).host} /v3/smartguide/guides/${guide_id}`])
  })
}

test('a file that the table leaves unsigned is not parsed as JSON', async () => {
  const client = await forged({ unsigned: true, file: true }, { baseUrl: url })
  const error = await thrown(client.PATCH(path, { ...init, parseAs: 'json' }))
  assert.is(error.code, 'ERR_REQUEST')
  assert.equal(received, [])
})

test('plain HTTP is for this machine only', async () => {
  for (const baseUrl of [
    'http://localhost:1',
    'http://127.0.0.9:1',
    'http://[::1]:1',
    'https://gateway.example',
  ])
    await forged({}, { baseUrl })
  for (const baseUrl of [
    'http://gateway.example',
    'http://127.0.0.1.example',
    'http://10.0.0.1',
    'http://localhost.example',
  ])
    for (const option of ['baseUrl', 'backupUrl'])
      assert.is((await thrown(forged({}, { [option]: baseUrl }))).code, 'ERR_CONFIG', `${option} ${baseUrl}`)
  const client = await forged({}, { baseUrl: url })
  assert.is(
    (await thrown(client.PATCH(path, { ...init, baseUrl: 'http://gateway.example' }))).code,
    'ERR_REQUEST',
  )
})

test('a download from another host is refused, and so is its signature', async () => {
  const client = await forged({})
  const error = await thrown(download(client, `${url}/v3/billdownload/file?token=1`))
  assert.is(error.code, 'ERR_DOWNLOAD_HOST')
  assert.equal(received, [])
})

test('the client has the list of the compiler', () => {
  assert.equal([...hosts], Object.keys(compilerHosts))
})

test.run()
