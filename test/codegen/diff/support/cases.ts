import type { RuleId } from '../../../../codegen/diff/rules/all-rules.ts'
import type { Document } from '../../../../codegen/openapi/document.ts'
import { facetPairs } from './facets.ts'
import {
  type Any,
  document,
  json,
  notifying,
  object,
  operation,
  post,
  querying,
  requesting,
  responding,
  spec,
  webhook,
} from './spec.ts'

type Spec = Map<string, Document>

/** Two small specs whose only difference is reported by one rule. */
export type Case = [rule: RuleId, before: Spec, after: Spec]

const text = { type: 'string' }
const number = { type: 'integer' }
const one = object({ a: text })
const parameter = (name: string, parts: Any = {}) =>
  post({ parameters: [{ name, in: 'query', schema: text, ...parts }] })
const responses = (parts: Any) => post({ responses: parts })
const ok = (parts: Any = {}) => ({ description: 'ok', ...parts })
const paths = (...list: string[]) =>
  spec(Object.fromEntries(list.map((path) => [path, { post: operation() }])))
const sealed = { ...text, 'x-encrypted': 'wechatpay' }
const naming = (schema: Any) => ({ requestBody: { required: true, ...json(object({ real_name: schema })) } })
const adding = (parts: Any, known: Any = {}) =>
  spec({ '/v3/pay/a': { post: operation(known) }, '/v3/pay/a/b': { post: operation(parts) } })
const hosts = (...urls: string[]) => post({}, { servers: urls.map((url) => ({ url })) })
const multipart = (parts: Any = {}) =>
  post({ requestBody: { required: true, content: { 'multipart/form-data': { schema: one } } }, ...parts })
const [a, ab, abb] = ['/v3/pay/a', '/v3/pay/a/b', '/v3/pay/a/{b}']
const both = new Map([...post(), ['bill', document({ paths: { '/v3/bill/x': { get: operation() } } })]])
const rich = { requestBody: json(object({ k: text, l: text, m: text, n: text, o: number })) }

const operations: Case[] = [
  ['domain-added', post(), both],
  ['domain-removed', both, post()],
  ['endpoint-added', paths(a), paths(a, ab)],
  ['endpoint-added-with-host', paths(a), adding({ servers: [{ url: 'https://collect.example' }] })],
  ['endpoint-added-unsigned', paths(a), adding({ 'x-unsigned-response': true })],
  ['endpoint-added-unauthorized', paths(a), adding({ security: [] })],
  ['endpoint-added-with-plain-field', post(naming(sealed)), adding(naming(text), naming(sealed))],
  ['api-removed-without-deprecation', paths(a, ab), paths(a)],
  [
    'api-removed-with-deprecation',
    spec({ [a]: { post: operation() }, [ab]: { get: operation({ deprecated: true }) } }),
    paths(a),
  ],
  [
    'api-removed-with-successor',
    spec({ [a]: { post: operation() }, [ab]: { get: operation() } }),
    spec({ [a]: { post: operation() }, [ab]: { 'x-superseded-by': a } }),
  ],
  ['endpoint-renamed', paths(a), spec({ [a]: { 'x-superseded-by': ab }, [ab]: { post: operation() } })],
  ['endpoint-method-changed', paths(a), spec({ [a]: { put: operation() } })],
  ['request-path-parameter-renamed', paths(abb), paths('/v3/pay/a/{c}')],
  [
    'path-spelling-added',
    paths(abb),
    spec({ [abb]: { post: operation({ 'x-path-aliases': ['/v3/pay/a/{c}'] }) } }),
  ],
  [
    'path-spelling-removed',
    spec({ [abb]: { post: operation({ 'x-path-aliases': ['/v3/pay/a/{c}'] }) } }),
    paths(abb),
  ],
  ['chain-name-changed', post(), post({ 'x-chain': 'v3.pay.A' })],
  ['api-operation-id-changed', post(), post({ operationId: 'Other' })],
  [
    'api-domain-changed',
    new Map([...both, ['x', document({})]]),
    new Map([
      ...post(),
      ['bill', document({})],
      ['x', document({ paths: { '/v3/bill/x': { get: operation() } } })],
    ]),
  ],
  ['webhook-added', new Map([['webhooks', document({})]]), webhook({})],
  ['webhook-removed', webhook({}), new Map([['webhooks', document({})]])],
  ['webhook-renamed', webhook({ ...rich, summary: 'x' }), webhook({ ...rich, summary: 'x' }, 'PAID.2')],
]

const lifecycle: Case[] = [
  ['endpoint-deprecated', post(), post({ deprecated: true })],
  ['endpoint-deprecated-with-sunset', post(), post({ deprecated: true, 'x-sunset': '2026-01-01' })],
  ['endpoint-reactivated', post({ deprecated: true }), post()],
  ['sunset-added', post({ deprecated: true }), post({ deprecated: true, 'x-sunset': '2026-01-01' })],
  ['sunset-deleted', post({ 'x-sunset': '2026-01-01' }), post()],
  ['sunset-changed', post({ 'x-sunset': '2026-01-01' }), post({ 'x-sunset': '2027-01-01' })],
  ['endpoint-superseded', post(), post({ 'x-superseded-by': 'POST /v3/pay/b' })],
  ['endpoint-not-superseded', post({ 'x-superseded-by': 'POST /v3/pay/b' }), post()],
  [
    'endpoint-successor-changed',
    post({ 'x-superseded-by': 'POST /v3/pay/b' }),
    post({ 'x-superseded-by': 'POST /v3/pay/c' }),
  ],
  ['api-server-added', hosts('https://a'), hosts('https://a', 'https://b')],
  ['api-server-removed', hosts('https://a', 'https://b'), hosts('https://a')],
  ['api-server-changed', hosts('https://a'), hosts('https://b')],
  ['api-server-order-changed', hosts('https://a', 'https://b'), hosts('https://b', 'https://a')],
  ['api-security-changed', post({ security: [{ wechatpay: [] }] }), post({ security: [] })],
  ['api-mode-narrowed', post({ 'x-mode': 'both' }), post({ 'x-mode': 'direct' })],
  ['api-mode-widened', post({ 'x-mode': 'direct' }), post({ 'x-mode': 'both' })],
  ['api-mode-changed', post({ 'x-mode': 'direct' }), post({ 'x-mode': 'partner' })],
  ['api-title-changed', post({ summary: 'a' }), post({ summary: 'b' })],
  [
    'api-link-changed',
    post({ externalDocs: { url: 'https://a' } }),
    post({ externalDocs: { url: 'https://b' } }),
  ],
  ['api-tag-added', post({ tags: ['a'] }), post({ tags: ['a', 'b'] })],
  ['api-tag-removed', post({ tags: ['a', 'b'] }), post({ tags: ['a'] })],
]

const parameters: Case[] = [
  ['new-required-request-parameter', post(), querying(text, true)],
  ['new-optional-request-parameter', post(), querying(text)],
  ['request-parameter-removed', querying(text), post()],
  ['request-parameter-became-required', querying(text), querying(text, true)],
  ['request-parameter-became-optional', querying(text, true), querying(text)],
  ['request-parameter-renamed', parameter('page_size'), parameter('pagesize')],
  ['request-required-parameter-renamed', parameter('page_size'), parameter('pagesize', { required: true })],
  ['request-parameter-in-changed', parameter('p'), parameter('p', { in: 'header' })],
  ['notification-header-added', webhook({}), webhook({ parameters: [{ name: 'X', in: 'header' }] })],
  ['notification-header-removed', webhook({ parameters: [{ name: 'X', in: 'header' }] }), webhook({})],
]

const bodies: Case[] = [
  ['request-body-added-required', post(), requesting(one)],
  ['request-body-added-optional', post(), post({ requestBody: json(one) })],
  ['request-body-removed', requesting(one), post()],
  ['request-body-became-required', post({ requestBody: json(one) }), requesting(one)],
  ['request-body-became-optional', requesting(one), post({ requestBody: json(one) })],
  [
    'request-body-media-type-added',
    requesting(one),
    post({
      requestBody: { required: true, content: { ...(json(one)['content'] as Any), 'text/plain': {} } },
    }),
  ],
  [
    'request-body-media-type-removed',
    post({
      requestBody: { required: true, content: { ...(json(one)['content'] as Any), 'text/plain': {} } },
    }),
    requesting(one),
  ],
  ['request-body-media-type-changed', requesting(one), multipart()],
  ['request-signed-part-changed', multipart(), multipart({ 'x-signed-part': 'a' })],
  ['request-idempotency-key-changed', post(), post({ 'x-idempotency-key': 'out_trade_no' })],
  ['response-success-status-added', responses({ 200: ok() }), responses({ 200: ok(), 202: ok() })],
  ['response-success-status-removed', responses({ 200: ok(), 202: ok() }), responses({ 200: ok() })],
  ['response-success-status-changed', responses({ 200: ok() }), responses({ 204: ok() })],
  ['response-non-success-status-added', responses({ 200: ok() }), responses({ 200: ok(), 404: ok() })],
  ['response-non-success-status-removed', responses({ 200: ok(), 404: ok() }), responses({ 200: ok() })],
  ['response-header-added', responses({ 200: ok() }), responses({ 200: ok({ headers: { X: {} } }) })],
  ['response-header-removed', responses({ 200: ok({ headers: { X: {} } }) }), responses({ 200: ok() })],
  ['response-became-unsigned', post(), post({ 'x-unsigned-response': true })],
  ['response-became-signed', post({ 'x-unsigned-response': true }), post()],
  ['response-signed-digest-changed', post(), post({ 'x-signed-digest': 'X-Digest' })],
  ['response-body-added', post(), responding(one)],
  ['response-body-removed', responding(one), post()],
  [
    'response-media-type-added',
    responding(one),
    responses({ 200: ok({ content: { ...(json(one)['content'] as Any), 'text/csv': {} } }) }),
  ],
  [
    'response-media-type-removed',
    responses({ 200: ok({ content: { ...(json(one)['content'] as Any), 'text/csv': {} } }) }),
    responding(one),
  ],
  [
    'response-media-type-changed',
    responding(one),
    responses({ 200: ok({ content: { 'application/pdf': { schema: {} } } }) }),
  ],
  ['notification-body-added', webhook({}), webhook({ requestBody: json(one) })],
  ['notification-body-removed', webhook({ requestBody: json(one) }), webhook({})],
  [
    'notification-media-type-added',
    webhook({ requestBody: json(one) }),
    webhook({ requestBody: { content: { ...(json(one)['content'] as Any), 'text/xml': {} } } }),
  ],
  [
    'notification-media-type-removed',
    webhook({ requestBody: { content: { ...(json(one)['content'] as Any), 'text/xml': {} } } }),
    webhook({ requestBody: json(one) }),
  ],
  [
    'notification-media-type-changed',
    webhook({ requestBody: json(one) }),
    webhook({ requestBody: { content: { 'text/xml': { schema: one } } } }),
  ],
]

const closed = { additionalProperties: false }
const properties: Case[] = [
  ['new-required-request-property', requesting(one), requesting(object({ a: text, b: number }))],
  ['new-optional-request-property', requesting(one), requesting(object({ a: text, 'b?': number }))],
  ['request-property-removed', requesting(object({ a: text, b: number })), requesting(one)],
  [
    'request-property-forbidden',
    requesting(object({ a: text, b: number }, closed)),
    requesting(object({ a: text }, closed)),
  ],
  ['request-property-undocumented', requesting(one), requesting({ type: 'object' })],
  ['request-property-documented', requesting({ type: 'object' }), requesting(object({ 'a?': text }))],
  ['request-property-became-required', requesting(object({ 'a?': text })), requesting(one)],
  ['request-property-became-optional', requesting(one), requesting(object({ 'a?': text }))],
  [
    'request-property-renamed',
    requesting(object({ a: text, 'mch_id?': text })),
    requesting(object({ a: text, 'mchid?': text })),
  ],
  [
    'request-required-property-renamed',
    requesting(object({ a: text, mch_id: text })),
    requesting(object({ a: text, mchid: text })),
  ],
  ...(
    [
      ['response', responding],
      ['notification', notifying],
    ] as const
  ).flatMap(([direction, specWith]): Case[] => [
    [`${direction}-required-property-added`, specWith(one), specWith(object({ a: text, b: number }))],
    [`${direction}-optional-property-added`, specWith(one), specWith(object({ a: text, 'b?': number }))],
    [`${direction}-required-property-removed`, specWith(object({ a: text, b: number })), specWith(one)],
    [`${direction}-optional-property-removed`, specWith(object({ a: text, 'b?': number })), specWith(one)],
    [`${direction}-property-undocumented`, specWith(object({ 'a?': text })), specWith({ type: 'object' })],
    [`${direction}-required-property-undocumented`, specWith(one), specWith({ type: 'object' })],
    [`${direction}-property-became-optional`, specWith(one), specWith(object({ 'a?': text }))],
    [`${direction}-property-became-required`, specWith(object({ 'a?': text })), specWith(one)],
    [
      `${direction}-property-renamed`,
      specWith(object({ a: text, mch_id: text })),
      specWith(object({ a: text, mchid: text })),
    ],
  ]),
]

/** One case for every rule. */
export const cases: Case[] = [
  ...operations,
  ...lifecycle,
  ...parameters,
  ...bodies,
  ...properties,
  ...facetPairs,
]
