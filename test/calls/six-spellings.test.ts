import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chain } from '../../src/chain/index.ts'
import { chainTree } from '../../src/chain/tree.ts'
import { createClient, pathClient, RequestError } from '../../src/index.ts'
import { stranger } from '../support/keys.ts'
import { type Change, playable, requestOf, type SampleRequest } from '../support/php-request.ts'
import { readSamples } from '../support/php-sample.ts'

/**
 * Every operation, called in the six spellings; what goes out is what the page's own PHP samples send. Pages that
 * are not in the repository are read where DOCS says.
 */
const examples = fileURLToPath(new URL('../../examples/docs', import.meta.url))
const docs = process.env['DOCS'] ?? examples
const whole = docs !== examples

let sent: Request | undefined
const client = createClient({
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => 'c2lnbmF0dXJl' },
  platform: { PUB_KEY_ID_0119000001092026010100000000000001: stranger().publicKey },
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
    for (const call of calls) {
      assert.equal(call.options, calls[0]!.options, `${call.label} passes the same`)
      assert.is(call.method, method)
      if (call.path) assert.is(call.path, spelt)
      else assert.equal(call.names, names)
    }
    const sample = playable(calls[0]!, spelt)
    for (const change of new Set(sample.changes)) changes.set(change, (changes.get(change) ?? 0) + 1)
    const expected = requestOf(method, sample)
    if (expected.form) forms.push(page)
    const { path, init } = translated(spelt, sample.options)
    operations.add(`${expected.method} ${path}`)
    const options = expected.form ? { ...sample.options, body: new FormData() } : sample.options
    const angled = (text: string) => text.replace(/\{/g, '<').replace(/\}/g, '>')
    const verb = method.toUpperCase()

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
  const known = new Set<string>()
  const visit = (branch: ReturnType<typeof chainTree>) => {
    for (const [verb, path] of branch.calls) known.add(`${verb.toUpperCase()} ${path}`)
    for (const child of branch.children.values()) visit(child)
  }
  visit(chainTree())
  // One page has no sample of $instance, and one was replaced by another whose variables it names differently.
  assert.equal([...known].filter((operation) => !operations.has(operation)).sort(), [
    'GET /invoicing/fapiao/fapiao-file',
    'GET /v3/mchalterapply/merchantnamealterapplyment/merchant/{merchant_code}/out-request-no/{out_request_no}',
  ])
  assert.equal(
    [...operations].filter((operation) => !known.has(operation)),
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
      ...(body !== undefined && { body: new FormData() }),
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
  try {
    await call()
  } catch (error) {
    // A form is not sent yet; the error names the operation that it was meant for.
    if (!expected.form || !(error instanceof RequestError)) throw error
    const target = new URL(expected.url).pathname
    const named = error.operation!.replace(/\{\w+\}/g, '[^/]+').replace(/ /, ' ')
    assert.match(`${expected.method} ${target}`, new RegExp(`^${named}$`), spelling)
    return
  }
  assert.is(sent!.method, expected.method, spelling)
  assert.is(sent!.url, expected.url, spelling)
  for (const [name, value] of Object.entries(expected.headers))
    assert.is(sent!.headers.get(name), value, spelling)
  if (expected.form) return
  const text = await sent!.text()
  assert.equal(text === '' ? undefined : JSON.parse(text), expected.body, spelling)
}

test.run()
