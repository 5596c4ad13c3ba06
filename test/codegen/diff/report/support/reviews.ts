import type { Change, Subject, Suspicion } from '../../../../../codegen/diff/compare/change.ts'
import type { Review, RuleHelp } from '../../../../../codegen/diff/review/review.ts'
import type { RuleId } from '../../../../../codegen/diff/rules/all-rules.ts'
import type { Level } from '../../../../../codegen/diff/rules/level.ts'
import type { Document, OperationObject, Schema } from '../../../../../codegen/openapi/document.ts'

/** A change with defaults for what a test does not care about. */
export function change(own: Partial<Change> & { n?: number } = {}): Change {
  const { n = 0, ...rest } = own
  return {
    rule: 'request-property-became-required',
    wire: 'breaking',
    types: 'breaking',
    direction: 'request',
    subject: jsapi,
    location: ['body', 'amount', `field_${n}`],
    message: {
      en: `the request property amount.field_${n} became required`,
      zh: `请求字段 amount.field_${n} 变为必填`,
    },
    fingerprint: (0x1000000000000000n + BigInt(n)).toString(16),
    ...rest,
  }
}

/** A review of changes; nothing is accepted. */
export function review(changes: Change[], own: Partial<Review> = {}): Review {
  return {
    sides: { before: 'main', after: 'spec' },
    suspicions: [],
    changes,
    accepted: [],
    stale: [],
    ...own,
  }
}

export const jsapi: Subject = {
  domain: 'pay',
  operation: 'POST /v3/pay/transactions/jsapi',
  title: 'JSAPI下单',
  page: 'openapi/v3/pay/transactions/jsapi.md#post',
  link: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791856',
}

/** Texts of pages that try to forge parts of a report, or to run in it. */
export const hostile = [
  '</script><script>document.title = "owned"</script>',
  '<img src=x onerror="document.title=\'owned\'">',
  '`code` ``` ~~~',
  '| cell | <details open> </details>',
  '%0A::error::injected',
  '\u001b[31mred\u001b[0m\u0007',
  'evil \u202egnp.exe\u2066',
  '[link](javascript:alert(1)) ![image](https://example.test/x.png)',
  '@everyone #1 https://example.test www.example.test',
  '# heading\n\n- list\n1. one',
  '{{script}} {{data}} $& $1',
  '<!-- --> &lt;b&gt; *bold* _em_',
]

/** A review in which every text is hostile. */
export function hostileReview(): Review {
  const changes = hostile.map((text, n) =>
    change({
      n,
      rule: text as RuleId,
      subject: { domain: text, operation: text, title: text, page: text, link: `javascript:${text}` },
      location: [text, text],
      before: { pointer: `/${text}`, place: `${text}:12`, value: { [text]: text } },
      after: { pointer: `/${text}`, place: `${text}:12`, value: { [text]: [text, 'x'] } },
      message: { en: text, zh: text },
    }),
  )
  return review(changes, {
    sides: { before: hostile[0]!, after: hostile[1]! },
    suspicions: hostile.map((text) => ({
      rule: text as Suspicion['rule'],
      subject: { domain: text, operation: text, title: text, page: text },
      location: [text],
      message: { en: text, zh: text },
      explains: [text],
    })),
    accepted: changes.map((one) => ({ change: one, reason: one.message.en })),
    stale: hostile.map((text) => ({ fingerprint: text, rule: text, reason: text })),
  })
}

const rules: [id: RuleId, direction: Change['direction'], wire: Level, types: Level][] = [
  ['request-property-became-required', 'request', 'breaking', 'breaking'],
  ['response-property-became-optional', 'response', 'breaking', 'breaking'],
  ['response-property-enum-value-added', 'response', 'warning', 'info'],
  ['new-optional-request-property', 'request', 'info', 'info'],
  ['response-optional-property-added', 'response', 'info', 'info'],
  ['request-property-type-changed', 'request', 'warning', 'breaking'],
]

/** A review of many changes in many operations, with their documents. */
export function largeReview(count: number): Review {
  const before = new Map<string, Document>()
  const after = new Map<string, Document>()
  const changes: Change[] = []
  for (let n = 0; n < count; n++) {
    const domain = `domain-${String(n % 80).padStart(2, '0')}`
    const path = `/v3/${domain}/transactions/records-${Math.floor(n / 160)}/{record_id}/assign`
    const [rule, direction, wire, types] = rules[n % rules.length]!
    const name = `property_${n}`
    put(before, domain, path, name, { type: 'string', description: '商户订单号' })
    put(after, domain, path, name, { type: 'integer', description: '商户订单号' })
    const pointer = `/paths/${path.replaceAll('/', '~1')}/post/requestBody/content/application~1json/schema/properties/detail/properties/${name}`
    changes.push({
      ...change({ n, rule, wire, types, location: ['body', 'detail', name] }),
      ...(direction && { direction }),
      subject: {
        domain,
        operation: `POST ${path}`,
        title: `查询第${Math.floor(n / 160)}类记录`,
        page: `openapi/v3/${domain}/transactions/records-${Math.floor(n / 160)}/{record_id}/assign.md#post`,
        link: `https://pay.weixin.qq.com/doc/v3/merchant/${4012791856 + Math.floor(n / 160)}`,
      },
      before: { pointer, place: `spec/${domain}.yaml:${n + 10}` },
      after: { pointer, place: `spec/${domain}.yaml:${n + 12}` },
    })
  }
  return review(changes, { documents: { before, after }, rules: help })
}

/** Why and advice of the rules in these reviews. */
export const help: ReadonlyMap<string, RuleHelp> = new Map(
  rules.map(([id]) => [
    id,
    {
      why: {
        en: 'A deployed app does not send it: WeChat Pay refuses the call.',
        zh: '已上线的应用不会发送该字段，微信支付将拒绝请求。',
      },
      advice: {
        en: 'Send it before WeChat Pay enforces it, then upgrade.',
        zh: '在微信支付强制执行之前开始发送，然后升级。',
      },
    },
  ]),
)

function put(
  documents: Map<string, Document>,
  domain: string,
  path: string,
  name: string,
  schema: Schema,
): void {
  const document = documents.get(domain) ?? emptyDocument(domain)
  documents.set(domain, document)
  document.paths![path] ??= { post: operation() }
  const body = document.paths![path].post!.requestBody!.content['application/json']!.schema as Schema
  body.properties!['detail']!.properties![name] = schema
}

function operation(): OperationObject {
  const schema: Schema = {
    type: 'object',
    required: ['detail'],
    properties: { detail: { type: 'object', properties: {} } },
  }
  return {
    operationId: 'x',
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: {},
    'x-source': 'page.md#post',
  }
}

function emptyDocument(domain: string): Document {
  return {
    openapi: '3.1.0',
    info: { title: domain, version: 'v3', license: { name: 'MIT', identifier: 'MIT' } },
    paths: {},
    components: { schemas: {} },
  }
}
