import { readdirSync, readFileSync } from 'node:fs'
import { CORE_SCHEMA, load } from 'js-yaml'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Document, OperationObject, Schema } from '../../../codegen/openapi/document.ts'
import { bodySchema, labelOf, operationsOf } from '../../../codegen/openapi/operations.ts'
import { pathShape } from '../../../codegen/openapi/path-shape.ts'
import { operationNames } from '../../support/table.ts'

// What is committed in spec/, held against the operations that other sources know.

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const spec = (name: string) => load(read(`spec/${name}.yaml`), { schema: CORE_SCHEMA }) as Document

interface Known {
  operations: { method: string; path: string; twin: string; twinInCorpus: boolean; source: string }[]
  notifications: string[]
}

const known: Known = JSON.parse(read('test/codegen/spec/brand.json'))
const brandMode = spec('brand-mode')
const partners = new Map(
  [spec('brand'), spec('marketing')].flatMap(operationsOf).map((one) => [labelOf(one), one.operation]),
)
const brands = operationsOf(brandMode)
const partnerOf = ({ operation }: { operation: OperationObject }) =>
  partners.get(operation['x-derived-from'] ?? '')

test('spec/brand-mode.yaml has the operations that are known for brands, each of the partner’s that is its twin', () => {
  assert.equal(
    brands.map((one) => pathShape(labelOf(one))).sort(),
    known.operations.map(({ method, path }) => `${method} ${path}`).sort(),
  )
  for (const one of brands) {
    const label = pathShape(labelOf(one))
    const { method, twin, twinInCorpus } = known.operations.find(
      ({ method: own, path }) => `${own} ${path}` === label,
    )!
    const from = one.operation['x-derived-from']
    assert.is(from && pathShape(from), twinInCorpus ? `${method} ${twin}` : undefined, label)
    assert.is(partnerOf(one) !== undefined, twinInCorpus, label)
  }
  assert.is(brands.filter(({ operation }) => operation['x-derived-from']).length, 54)
})

test('a partner’s operation that is not known for brands is not made up for them', () => {
  const others = [...partners.keys()].filter(
    (label) =>
      /\/partner\/(?:product-coupon|card-member|store)\//.test(label) &&
      !brands.some(({ operation }) => operation['x-derived-from'] === label),
  )
  assert.equal(others.map((label) => label.replace(/\/v3\/.*\/(product-coupon|card-member)/, '')).sort(), [
    'DELETE /cards/{card_id}',
    'GET /image-generation-tasks/{task_id}',
    'GET /membership-activities',
    'GET /membership-activities/{activity_id}',
    'PATCH /membership-activities/{activity_id}',
    'POST /image-generation-tasks',
    'POST /membership-activities',
    'POST /membership-activities/{activity_id}/terminate',
    'POST /pay-view-tokens',
    'POST /user-cards/import-by-phone',
    'POST /users/{openid}/coupon-bundles',
    'POST /users/{openid}/coupon-bundles/{user_coupon_bundle_id}/deactivate',
    'POST /users/{openid}/pre-send-coupon-bundle',
  ])
})

/** Copies a value without a member and without mentions in `required`, wherever they are. */
function without(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => without(name, one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key === name) return []
      if (key !== 'required' || !Array.isArray(inner)) return [[key, without(name, inner)]]
      const left = inner.filter((one) => one !== name)
      return left.length > 0 ? [[key, left]] : []
    }),
  )
}

test('no request of a brand has a brand_id: its signature says it', () => {
  let had = 0
  for (const one of brands) {
    const { parameters = [], requestBody } = one.operation
    assert.not(one.path.includes('brand_id'))
    assert.not(
      parameters.some(({ name }) => name === 'brand_id'),
      labelOf(one),
    )
    assert.not(JSON.stringify(requestBody ?? {}).includes('brand_id'), labelOf(one))
    const partner = partnerOf(one)
    if (partner && JSON.stringify([partner.parameters, partner.requestBody]).includes('brand_id')) had++
  }
  assert.ok(had > 40, String(had))
})

test('responses about coupons and stores have no brand_id either, those about cards have it', () => {
  const answers = (prefix: string) =>
    brands
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ operation }) => JSON.stringify(operation.responses).includes('"brand_id"'))
  assert.not(answers('/brand/marketing/').includes(true))
  assert.not(answers('/brand/store/').includes(true))
  assert.ok(answers('/brand/card-member/').includes(true))
})

test('everything else is the partner’s: fields, marks, enums, formats, units, samples', () => {
  for (const one of brands) {
    const partner = partnerOf(one)
    if (!partner) continue
    const parts = ({ parameters, requestBody, responses, tags, summary, ...rest }: OperationObject) => ({
      parameters: parameters?.filter(({ name }) => name !== 'brand_id') ?? [],
      body: requestBody?.content,
      responses,
      tags,
      summary,
      unsigned: rest['x-unsigned-response'],
      signed: rest['x-signed-part'],
      key: rest['x-idempotency-key'],
      source: rest['x-source'],
    })
    const expected = parts(partner)
    const inResponses = one.path.startsWith('/brand/card-member/')
      ? expected.responses
      : without('brand_id', expected.responses)
    const schema = bodySchema(partner)
    const onlyBrand = Object.keys(schema?.properties ?? {}).join() === 'brand_id'
    const body = onlyBrand ? undefined : without('brand_id', expected.body)
    const actual = parts(one.operation)
    // The samples of brands have this one field that the page of partners lacks.
    if (one.path.endsWith('/media/upload-image'))
      delete bodyOf(actual.responses as Record<string, never>)['image_url']
    assert.equal(
      JSON.parse(JSON.stringify(actual)),
      JSON.parse(JSON.stringify({ ...expected, body, responses: inResponses })),
      labelOf(one),
    )
  }
})

function bodyOf(responses: Record<string, { content: Record<string, { schema: Schema }> }>) {
  return responses['200']!.content['application/json']!.schema.properties!
}

test('what is sensitive stays sensitive, uploads stay uploads, and a body that was brand_id alone is gone', () => {
  const of = (label: string) => brands.find((one) => labelOf(one) === label)!.operation
  const card = bodySchema(of('POST /brand/card-member/user-cards/import-by-openid'))!
  assert.is(card.properties!['phone_number']!['x-encrypted'], 'wechatpay')
  assert.is(of('POST /brand/card-member/user-feeds')['x-idempotency-key'], 'out_request_no')
  for (const path of [
    '/brand/card-member/media/image-upload',
    '/brand/marketing/product-coupon/media/upload-image',
  ]) {
    const upload = of(`POST ${path}`)
    assert.is(upload['x-signed-part'], 'meta')
    assert.equal(Object.keys(upload.requestBody!.content), ['multipart/form-data'])
  }
  for (const label of [
    'POST /brand/card-member/cards/{card_id}/invalidate',
    'DELETE /brand/store/brandstores/{store_id}',
    'POST /brand/store/brandstores/{store_id}/close',
    'POST /brand/store/brandstores/{store_id}/resume',
  ])
    assert.is(of(label).requestBody, undefined, label)
})

test('the document has the scheme of brands, and no operation a chain or a kind of merchant', () => {
  assert.match(JSON.stringify(brandMode.components.securitySchemes), /"WECHATPAY-BRAND-SHA256-RSA2048"/)
  for (const { operation } of brands)
    assert.equal([operation['x-chain'], operation['x-mode']], [undefined, undefined])
})

test('the seven notifications to brands are there, five of them made of the partner’s', () => {
  const { webhooks = {} } = spec('webhooks')
  const made = known.notifications.map((event) => {
    const { post } = webhooks[event] ?? {}
    assert.ok(post, event)
    const [, details] = bodySchema(post!)!.allOf!
    assert.equal(details!.properties!['event_type']!.enum, [event])
    assert.not(post!.summary!.includes('_SP'))
    const from = post!['x-derived-from']
    if (from === undefined) return []
    assert.is(from.replace('_SP.', '.'), event)
    const { contentSchema } = details!.properties!['resource']!.properties!['ciphertext']!
    const partner = bodySchema(webhooks[from]!.post!)!.allOf![1]!.properties!['resource']!.properties!
    const fields = Object.keys(partner['ciphertext']!.contentSchema!.properties!)
    const expected = fields.filter((name) => name !== 'brand_id' || event.startsWith('BRAND_'))
    assert.equal(Object.keys(contentSchema!.properties!).slice(0, expected.length), expected)
    return [event]
  })
  assert.is(made.flat().length, 5)
  const card = bodySchema(webhooks['BRAND_MEMBER_CARD.USER_CARD.CREATE']!.post!)!
  assert.match(JSON.stringify(card), /"phone_number":\{[^{}]*"x-encrypted":"merchant"/)
})

test('nothing that is generated for merchants has a path of brands', () => {
  assert.ok(operationNames.includes('GET /v3/brand/partner/card-member/cards'))
  assert.not(operationNames.some((name) => / \/brand\//.test(name)))
  const files = readdirSync(new URL('generated/', root), { recursive: true, encoding: 'utf8' })
  const merchants = files.filter((name) => !name.startsWith('brand-mode'))
  for (const file of merchants.filter((name) => /(?:paths|chain|client)\.ts$/.test(name)))
    assert.not.match(read(`generated/${file}`), /['"`]\/?brand\//, file)
})

test.run()
