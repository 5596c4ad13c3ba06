import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments, startSandbox } from '../../sandbox/index.ts'
import { parameterSchema } from '../../sandbox/receive/check-parameters.ts'
import { sampleValue } from '../../sandbox/respond/sample-value.ts'
import { dereference } from '../../sandbox/spec/dereference.ts'
import type { Document, Operation, Parameter, Schema } from '../../sandbox/spec/spec-types.ts'
import { visitFields } from '../../sandbox/spec/visit-fields.ts'
import { createClient } from '../../src/index.ts'
import { rsaPair } from '../support/keys.ts'
import { apiV3Key, certificatePlatform, mchid, publicKeyPlatform, serial } from '../support/platform-keys.ts'

// Calls every operation of every document once, over a socket: what the caller passes in plain text arrives encrypted,
// embedded and signed, and what the sandbox encrypts reaches the caller in plain text.

const merchant = rsaPair()
const platform = publicKeyPlatform()
// All documents when the documentation is there; otherwise a few that cover everything, because all take long.
const some = [
  'pay',
  'refund',
  'certificates',
  'merchant',
  'merchant-service',
  'smartguide',
  'med-ins',
  'mch-manage',
]
const all = (await specDocuments(process.env['DOCS'] ? undefined : some)) as Record<string, Document>
// The client is a merchant's; brand-mode.test.ts calls the operations of brands.
const { 'brand-mode': _, ...documents } = all
const sandbox = await startSandbox({
  documents: Object.values(documents),
  merchants: [{ mchid, serial, publicKey: merchant.publicKey, apiV3Key }],
  platform: [platform, certificatePlatform(1)],
})
test.after(() => sandbox.close())

/** The sensitive fields that arrived encrypted. */
let decrypted = 0

type Call = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown }>
const client = createClient({
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platform.serial]: platform.publicKey },
  baseUrl: sandbox.url,
}) as unknown as Record<string, Call>

/** A sample as the caller sees it: sensitive fields in plain text, embedded JSON parsed. */
function plain(document: Document, schema: Schema, name = ''): unknown {
  return visitFields(document, schema, sampleValue(document, schema, name), '', {
    encrypted: (text) => text,
    embedded: (text, _pointer, _schema, visitInner) => visitInner(JSON.parse(text)),
  })
}

function parametersOf(document: Document, all: Parameter[], place: Parameter['in']): Record<string, unknown> {
  const parameters = all.map((one) => dereference(document, one)).filter((one) => one.in === place)
  return Object.fromEntries(
    parameters.map((one) => [one.name, plain(document, parameterSchema(one) ?? {}, one.name)]),
  )
}

/** The headers that the caller must set; the client sets the others. */
function headersOf(document: Document, all: Parameter[]): Record<string, string> {
  const headers = parametersOf(document, all, 'header')
  const setByClient = /^(wechatpay-serial|authorization|accept|accept-encoding|content-type|user-agent)$/i
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      setByClient.test(name) ? [] : [[name, String(value)]],
    ),
  )
}

function bodyOf(document: Document, { requestBody }: Operation): { body?: unknown; meta?: unknown } {
  const content = requestBody?.content ?? {}
  const json = content['application/json']?.schema
  if (json) return { body: plain(document, json) }
  const form = content['multipart/form-data']?.schema?.properties
  if (!form) return {}
  const { meta: schema, ...files } = form
  const meta = plain(document, schema!) as Record<string, unknown>
  for (const name of ['sha256', 'digest', 'file_digest']) delete meta[name]
  const file = new File(['content'], 'a.png')
  return { body: { meta, ...Object.fromEntries(Object.keys(files).map((name) => [name, file])) }, meta }
}

for (const [domain, document] of Object.entries(documents)) {
  const paths = Object.entries(document.paths ?? {})
  if (paths.length === 0) continue
  test(`${domain}: each call arrives and returns as the caller expects`, async () => {
    for (const [path, item] of paths) {
      for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const) {
        const operation = item[verb]
        if (!operation) continue
        const server = (item.servers ?? document.servers)?.[0]?.url ?? sandbox.url
        const where = new URL(server).pathname.replace(/\/$/, '') + path
        const name = `${verb.toUpperCase()} ${where}`
        const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
        const { body, meta } = bodyOf(document, operation)
        const query = parametersOf(document, all, 'query')
        const params = { path: parametersOf(document, all, 'path'), query }
        const { data, error } = await client[verb.toUpperCase()]!(where, {
          params,
          headers: headersOf(document, all),
          ...(body !== undefined && { body }),
        }).catch((thrown) => assert.unreachable(`${name}: ${thrown.message}`) as never)
        assert.is(error, undefined, `${name}: ${JSON.stringify(error)}`)
        const request = sandbox.requests.pop()!
        assert.is(request.operation, `${verb.toUpperCase()} ${path}`)
        if (meta === undefined) assert.equal(request.value, body, name)
        else assert.equal({ ...(request.value as object), ...(meta as object) }, request.value, name)
        decrypted += Object.keys(request.decrypted).length
        for (const [field, text] of Object.entries(request.decrypted)) {
          if (field in query) assert.is(text, query[field], name)
        }
        const response = Object.values(operation.responses ?? {})[0]?.content?.['application/json']
        if (response?.schema && path !== '/v3/certificates' && path !== '/v3/global/certificates') {
          assert.equal(data, plain(document, response.schema), name)
        }
      }
    }
  })
}

test('all sensitive fields of requests were sent', () => {
  if (process.env['DOCS']) assert.is(decrypted, 296)
  else assert.ok(decrypted > 0)
})

test.run()
