import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Editor } from '../support/editor.ts'

/** What an editor shows: how much is offered, and what is written over a name. */
const generated = fileURLToPath(new URL('../../generated/', import.meta.url))
const editor = new Editor()
const head = `
import type { Wechatpay } from '../../generated/chain.ts'
import type { Client, PathClient } from '../../generated/client.ts'
declare const client: Client
declare const paths: PathClient
declare const wechatpay: Wechatpay
`

// Counted in the text of the generated files, not by TypeScript.
function keys(file: string, suffix: string): string[] {
  return readdirSync(generated, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['webhooks', 'brand-mode'].includes(entry.name))
    .flatMap(({ name }) => {
      const text = readFileSync(`${generated}${name}/${file}.ts`, 'utf8')
      const blocks = text.matchAll(
        new RegExp(`^export interface \\w+${suffix} \\{\\n([^}]*(?:\\}[^\\n][^}]*)*)^\\}`, 'gm'),
      )
      return [...blocks].flatMap(([, block]) =>
        [...block!.matchAll(/^ {2}'([^']+)':/gm)].map((key) => key[1]!),
      )
    })
    .sort()
}

test('client. offers the verbs and nothing else', () => {
  assert.equal(editor.completions(`${head}client.|`).sort(), ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])
})

for (const [verb, suffix] of [
  ['GET', 'GetCalls'],
  ['POST', '(?<!Bare)PostCalls'],
  ['PATCH', 'PatchCalls'],
] as const) {
  test(`client.${verb}(' offers all of its paths`, () => {
    const offered = editor.completions(`${head}client.${verb}('|')`)
    assert.equal(offered.sort(), keys('paths', suffix))
  })
}

test("paths[' and wechatpay.chain(' offer all paths, wechatpay[' the start of the chain too", () => {
  assert.equal(editor.completions(`${head}paths['|']`).sort(), keys('paths', 'PathClient'))
  const paths = keys('chain', 'ChainPaths')
  assert.equal(editor.completions(`${head}wechatpay.chain('|')`).sort(), paths)
  assert.equal(
    editor.completions(`${head}wechatpay['|']`).sort(),
    [...paths, 'chain', 'invoicing', 'v3'].sort(),
  )
  assert.ok(paths.length > 1400, `${paths.length}`)
})

test('a node offers its children and its methods', () => {
  assert.equal(editor.completions(`${head}wechatpay.v3.smartguide.guides.|`).sort(), [
    '_guide_id_',
    'get',
    'post',
  ])
  const domains = keys('chain', 'ChainPaths').flatMap((path) => /^v3\/([^/]+)/.exec(path)?.[1] ?? [])
  assert.is(editor.completions(`${head}wechatpay.v3.|`).length, new Set(domains).size)
})

test('a body and the options offer their fields', () => {
  const own = [
    'baseUrl',
    'body',
    'deadline',
    'fetch',
    'headers',
    'params',
    'retry',
    'signal',
    'throwOnError',
    'timeout',
  ]
  const path = '/v3/smartguide/guides/{guide_id}/assign'
  assert.equal(editor.completions(`${head}client.POST('${path}', { | })`).sort(), own)
  assert.equal(editor.completions(`${head}paths['${path}'].POST({ | })`).sort(), own)
  const fields = ['out_trade_no', 'sub_mchid']
  assert.equal(editor.completions(`${head}client.POST('${path}', { body: { | } })`).sort(), fields)
  assert.equal(editor.completions(`${head}paths['${path}'].POST({ body: { | } })`).sort(), fields)
  const node = 'wechatpay.v3.smartguide.guides._guide_id_.assign'
  assert.equal(editor.completions(`${head}${node}.post({ json: { | } })`).sort(), fields)
  assert.equal(editor.completions(`${head}${node}.post({ | })`).sort(), [
    'base_uri',
    'deadline',
    'fetch',
    'guide_id',
    'headers',
    'json',
    'retry',
    'signal',
    'throwOnError',
    'timeout',
  ])
})

test('a method shows its title, group, mode and official page', () => {
  const expected = [
    '服务人员分配',
    '`POST /v3/smartguide/guides/{guide_id}/assign`',
    '支付即服务（直连商户、合作伙伴）',
    'https://pay.weixin.qq.com/doc/v3/merchant/4012535161',
  ].join('\n')
  const path = editor.hover(`${head}paths['/v3/smartguide/guides/<guide_id>/assign'].POST|`)
  assert.is(path.docs, expected)
  assert.is(
    path.type,
    '(method) SmartguideGuidesGuideIdAssignMethods.POST(init: SmartguideGuidesGuideIdAssignPostInit): Promise<Result<undefined>> (+1 overload)',
  )
  for (const call of [
    'wechatpay.v3.smartguide.guides._guide_id_.assign.post|',
    "wechatpay.chain('v3/smartguide/guides/{guide_id}/assign').post|",
    "wechatpay['v3/smartguide/guides/{guide_id}/assign'].post|",
  ])
    assert.is(editor.hover(head + call).docs, expected, call)
})

test('a call of the client names its types', () => {
  assert.is(
    editor.hover(`${head}client.POST|('/v3/pay/transactions/native', { body: {} as never })`).type,
    '(method) Client.POST<"/v3/pay/transactions/native", PayTransactionsNativePostInit>(path: "/v3/pay/transactions/native", init: NoInfer<PayTransactionsNativePostInit>): Promise<Result<PayTransactionsNativePostData>> (+1 overload)',
  )
})

test("the key of a notification's handler shows its event's title", () => {
  const handlers = "notifications.handler({ async 'TRANSACTION.SUCCESS|'({ resource }) {} })"
  const { docs, type } = editor.hover(`
import type { Notifications } from '../../generated/webhooks/notifications.ts'
declare const notifications: Notifications
${handlers}`)
  assert.is(docs, '支付成功(TRANSACTION.SUCCESS)通知(JSON)')
  assert.match(type, /^\(property\) 'TRANSACTION.SUCCESS'\?: /)
})

test('a call that throws names its data', () => {
  const native = "client.POST|('/v3/pay/transactions/native', { body: {} as never, throwOnError: true })"
  assert.match(editor.hover(head + native).type, /: Promise<PayTransactionsNativePostData> \(\+1 overload\)$/)
  const paths = "paths['/v3/pay/transactions/native'].POST|({ body: {} as never, throwOnError: true })"
  assert.match(editor.hover(head + paths).type, /: Promise<PayTransactionsNativePostData> \(\+1 overload\)$/)
})

test('what is not to be used any more says so, since when, and what to use', () => {
  const text = readFileSync(`${generated}merchant-service/chain.ts`, 'utf8')
  assert.match(text, / {3}\* @deprecated 2021-01-08 起已停止维护/)
  const { tags } = editor.hover(`${head}paths['/v3/merchant-service/complaints'].GET|`)
  assert.match(tags.join(), /^deprecated .*已停止维护/)
})

test('a field shows its term, its unit, and that it is encrypted', () => {
  const guide = editor.hover(`${head}wechatpay.v3.smartguide.guides.post({ json: { mobile|: '' } })`)
  assert.is(guide.docs, '手机号码（明文，由客户端加密）')
  assert.is(guide.type, '(property) SmartguideGuidesPostBody.mobile: string')
  const order = `wechatpay.v3.catering.orders.syncStatus.post({ json: { total_amount|: 1 } })`
  assert.is(editor.hover(head + order).docs, '总价（单位：分）')
})

test('a field shows the form of a time, a sample, a default and the values of an enum', () => {
  const native = (body: string) =>
    editor.hover(`${head}client.POST('/v3/pay/transactions/native', { body: { ${body} } })`)
  const total = native('amount: { total|: 1 }')
  assert.is(total.docs, '总金额（单位：分）')
  assert.ok(total.tags.join().startsWith('example '), total.tags.join())
  const expire = native("time_expire|: ''")
  assert.match(expire.docs, '格式：RFC 3339')
  assert.match(expire.tags.join(), /^example \d{4}-\d{2}-\d{2}T/)
  assert.match(native("amount: { total: 1, currency|: 'CNY' }").type, 'currency?: "CNY"')
  const refund = editor.hover(
    `${head}const { data } = await client.GET('/v3/refund/domestic/refunds/{out_refund_no}', {} as never); data!.status|`,
  )
  assert.match(refund.type, '"SUCCESS" | "CLOSED" | "PROCESSING" | "ABNORMAL"')
  assert.match(refund.docs, '可能新增取值，请处理 default')
})

test('200 calls make few types anew', () => {
  const posts = keys('paths', '(?<!Bare)PostCalls').slice(0, 200)
  const calls = posts.map((path) => `client.POST('${path}', {} as never)`).join('\n')
  const byPath = posts.map((path) => `paths['${path}'].POST({} as never)`).join('\n')
  const chained = posts
    .map((path) => path.slice(path.indexOf('/v3/') + 1))
    .map((path) => `wechatpay['${path.endsWith('/') ? `${path}{empty}` : path}'].post({} as never)`)
    .join('\n')
  const counts = [calls, byPath, chained].map((text) => editor.instantiations(head + text))
  assert.ok(counts[0]! <= 2500, `client.POST: ${counts[0]}`)
  assert.ok(counts[1]! <= 500, `path client: ${counts[1]}`)
  assert.ok(counts[2]! <= 500, `chain: ${counts[2]}`)
})

test.run()
