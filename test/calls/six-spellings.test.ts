import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chain } from '../../src/chain/index.ts'
import { createClient, pathClient } from '../../src/index.ts'
import type { Places } from '../../src/operations/traits.ts'
import { template } from '../../src/url/path.ts'
import { stranger } from '../support/keys.ts'
import { type Change, playable, requestOf, type SampleRequest } from '../support/php-request.ts'
import { readSamples } from '../support/php-sample.ts'
import { atEncrypted, opened } from '../support/sensitive.ts'
import { operationNames, traitsOf } from '../support/table.ts'

/**
 * Every operation, called in the six spellings; what goes out is what the page's own PHP samples send. Pages that
 * are not in the repository are read where DOCS says.
 */
const examples = fileURLToPath(new URL('../../examples/docs', import.meta.url))
const docs = process.env['DOCS'] ?? examples
const whole = docs !== examples

const platform = stranger()
const decrypt = opened(platform.privateKey)

let sent: Request | undefined
let operationPath = ''
const client = createClient({
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => 'c2lnbmF0dXJl' },
  platform: { PUB_KEY_ID_0119000001092026010100000000000001: platform.publicKey },
  async fetch(request) {
    sent = request
    return Response.json({ code: 'NOT_SENT', message: 'recorded' }, { status: 400 })
  },
})

type Call = (options: object) => Promise<unknown>
type Loose = { [name: string]: Loose } & ((path: string, init: object) => Promise<unknown>)
const verbs = client as unknown as Record<string, (path: string, init: object) => Promise<unknown>>
const paths = pathClient(client) as unknown as Record<string, Record<string, Call>>
const wechatpay = chain(client) as unknown as Loose

const groups = readSamples(docs)
const changes = new Map<Change, number>()
const operations = new Set<string>()
const forms: string[] = []

for (const { page, calls } of groups) {
  test(`${page} ${calls[0]?.method}`, async () => {
    assert.is(calls.length, 6, 'six samples')
    const spelt = calls.find((call) => call.path !== undefined)!.path!
    const names = calls.find((call) => call.names)!.names!
    const { method } = calls[0]!
    const verb = method.toUpperCase()
    for (const call of calls) {
      assert.equal(call.options, calls[0]!.options, `${call.label} passes the same`)
      assert.is(call.method, method)
      if (call.path) assert.is(call.path, spelt)
      else assert.equal(call.names, names)
    }
    const sample = playable(calls[0]!, spelt)
    const traits = traitsOf(`${verb} ${template(`/${spelt.replace(/^\//, '')}`)}`)
    // Where a sample shows a cipher text, this client takes the plain one.
    for (const place of ['json', 'query'] as const) {
      const own = place === 'json' ? traits.request : traits.query
      if (own && sample.options[place])
        sample.options[place] = atEncrypted(sample.options[place], own, (text) => text.slice(0, 60))
    }
    for (const change of new Set(sample.changes)) changes.set(change, (changes.get(change) ?? 0) + 1)
    const expected = requestOf(method, sample)
    if (expected.form) forms.push(page)
    const { path, init } = translated(spelt, sample.options)
    const form = () => {
      const whole = new FormData()
      whole.append(traits.form!.file, new Blob(['content']), 'a.png')
      whole.append(traits.form!.signed, '{"filename":"a.png"}')
      return whole
    }
    if (expected.form) Object.assign(init, { body: form() })
    operations.add(`${expected.method} ${path}`)
    operationPath = template(path)
    const options = expected.form ? { ...sample.options, body: form() } : sample.options
    const angled = (text: string) => text.replace(/\{/g, '<').replace(/\}/g, '>')

    await goesOut(expected, () => verbs[verb]!(path, init), '{…}')
    await goesOut(expected, () => verbs[verb]!(angled(path), init), '<…>')
    await goesOut(expected, () => paths[path]![verb]!(init), 'path client')
    const node = names.reduce((at, name) => at[name]!, wechatpay)
    await goesOut(expected, () => (node[method] as unknown as Call)(options), 'chain')
    for (const text of [spelt, angled(spelt)]) {
      const declared = (wechatpay['chain'] as unknown as (path: string) => Record<string, Call>)(text)
      await goesOut(expected, () => declared[method]!(options), 'chain()')
      await goesOut(expected, () => (wechatpay[text]![method] as unknown as Call)(options), 'chain[]')
    }
  })
}

test('no operation is left out', () => {
  if (!whole) return
  // One page has no sample of $instance, one was replaced by another whose variables it names differently, and one
  // operation has no page.
  assert.equal(operationNames.filter((operation) => !operations.has(operation)).sort(), [
    'GET /invoicing/fapiao/fapiao-file',
    'GET /v3/mchalterapply/merchantnamealterapplyment/merchant/{merchant_code}/out-request-no/{out_request_no}',
    'POST /v3/marketing/favor/stocks/{stock_id}/stop',
  ])
  assert.equal(
    [...operations].filter((operation) => !operationNames.includes(operation)),
    [],
  )
})

test('the samples that cannot be played word for word are few and known', () => {
  if (!whole) return
  assert.is(forms.length, 14)
  assert.equal(Object.fromEntries(changes), {
    'an empty path variable': 49,
    'an option of Guzzle alone': 7,
    'a path variable that is not given': 6,
    'an unknown option': 2,
  })
})

/** A sample's options as the client takes them. */
function translated(
  spelt: string,
  { base_uri, json, query, headers, body, ...path }: Record<string, unknown>,
) {
  const { origin, pathname } = new URL(String(base_uri ?? 'https://api.mch.weixin.qq.com/'))
  return {
    path: `${pathname}${spelt.replace(/\{empty\}$/, '')}`,
    init: {
      params: { path, ...(query !== undefined && { query }) },
      ...(headers !== undefined && { headers: body ? {} : headers }),
      ...(json !== undefined && { body: json }),
      ...(base_uri !== undefined && { baseUrl: origin }),
    },
  }
}

async function goesOut(
  expected: SampleRequest,
  call: () => Promise<unknown>,
  spelling: string,
): Promise<void> {
  sent = undefined
  await call()
  const traits = traitsOf(`${expected.method} ${operationPath}`)
  assert.is(sent!.method, expected.method, spelling)
  assert.is(decryptedUrl(sent!.url, traits.query), expected.url, spelling)
  for (const [name, value] of Object.entries(expected.headers))
    assert.is(sent!.headers.get(name), value, spelling)
  if (expected.form) {
    const parts = await sent!.formData()
    assert.equal([...parts.keys()], [traits.form!.signed, traits.form!.file], spelling)
    return
  }
  const text = await sent!.text()
  const body = text === '' ? undefined : JSON.parse(text)
  assert.equal(atEncrypted(body, traits.request, decrypt), expected.body, spelling)
}

function decryptedUrl(url: string, places: Places | undefined): string {
  return (places?.encrypted ?? []).reduce(
    (whole, name) =>
      whole.replace(
        new RegExp(`([?&]${name}=)([^&]+)`),
        (_, before, value) => before + encodeURIComponent(decrypt(decodeURIComponent(value))),
      ),
    url,
  )
}

test.run()
