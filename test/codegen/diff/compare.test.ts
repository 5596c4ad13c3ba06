import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change } from '../../../codegen/diff/change.ts'
import { compare } from '../../../codegen/diff/compare.ts'
import { ruleOf } from '../../../codegen/diff/rules.ts'
import { loadSide } from '../../../codegen/diff/sides.ts'
import { facetCases } from './support/facets.ts'
import { schemaPair } from './support/random-schema.ts'
import { scatter } from './support/scatter.ts'
import {
  answering,
  document,
  json,
  notifying,
  object,
  operation,
  post,
  requesting,
  spec,
  webhook,
} from './support/spec.ts'

const spell = ({ rule, subject, location }: Change) => [rule, subject.operation, ...location].join(' ')
const { documents: whole } = await loadSide('spec')

test('the whole spec against itself, and against a copy: no change', () => {
  assert.equal(compare(whole, whole), { changes: [], suspicions: [] })
  assert.equal(compare(whole, structuredClone(whole)), { changes: [], suspicions: [] })
})

test('order of keys, descriptions and examples alone: nothing', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, one]): [string, unknown] => {
      if (name === 'description' && typeof one === 'string') return [name, `${one}。`]
      return name === 'example' ? [name, { other: 1 }] : [name, shuffled(one)]
    })
    return Object.fromEntries(entries.reverse())
  }
  const other = new Map([...whole].map(([name, one]) => [name, shuffled(one) as typeof one]))
  assert.equal(compare(whole, other).changes.map(spell), [])
})

test('each edit of the real spec is told, and told as its mirror with the sides swapped', () => {
  const names = ['pay', 'webhooks', 'fund-app', 'refund']
  for (let seed = 1; seed <= 60; seed++) {
    const name = names[seed % names.length]!
    const some = new Map([[name, whole.get(name)!]])
    const { documents, edits } = scatter(some, 1, seed)
    const forth = compare(some, documents).changes
    assert.ok(forth.length > 0, `${seed}: ${edits}`)
    assertMirrored(forth, compare(documents, some).changes, String(edits))
  }
})

test('swapped sides: each added is a removed', () => {
  const pairs = fc.sample(schemaPair, { seed: 7, numRuns: 200 })
  for (const { before, after, edits } of pairs)
    for (const place of [requesting, answering, notifying]) {
      const [old, now] = [place(object({ value: before })), place(object({ value: after }))]
      assertMirrored(compare(old, now).changes, compare(now, old).changes, String(edits))
    }
})

function assertMirrored(forth: Change[], back: Change[], hint: string): void {
  assert.is(back.length, forth.length, `${hint}\n${forth.map(spell)}\n${back.map(spell)}`)
  const open = [...back]
  for (const change of forth) {
    const { mirror } = ruleOf(change.rule)
    const at = open.findIndex(({ rule }) => !('none' in mirror) && mirror.includes(rule))
    assert.ok(at >= 0, `${hint}: ${change.rule} has no mirror among ${open.map(({ rule }) => rule)}`)
    open.splice(at, 1)
  }
}

test('a fingerprint stays when other things change, and when rows move', () => {
  const before = requesting(object({ a: { type: 'string' }, b: { type: 'string' } }))
  const only = compare(before, requesting(object({ a: { type: 'integer' }, b: { type: 'string' } })))
  const more = compare(
    before,
    requesting(object({ c: { type: 'string' }, b: { type: 'boolean' }, a: { type: 'integer' } })),
  )
  const [change] = only.changes
  assert.ok(more.changes.some(({ fingerprint }) => fingerprint === change!.fingerprint))
  assert.is(new Set(more.changes.map(({ fingerprint }) => fingerprint)).size, more.changes.length)
})

test('a renamed property is one change: by its title, by a name that is alike', () => {
  const titled = (name: string, description: string) =>
    requesting(object({ [name]: { type: 'string', description } }))
  const rules = (one: Map<string, never>, other: Map<string, never>) =>
    compare(one, other).changes.map(({ rule }) => rule)
  const renamed = compare(titled('mchid', '商户号'), titled('sp_id', '商户号')).changes
  assert.equal(
    renamed.map(({ rule }) => rule),
    ['request-required-property-renamed'],
  )
  assert.equal(rules(titled('openid', '用户') as never, titled('date', '日期') as never).sort(), [
    'new-required-request-property',
    'request-property-removed',
  ])
})

test('a renamed operation is one change, and what else changed in it is told of it', () => {
  const body = { requestBody: json(object({ a: { type: 'string' } })) }
  const before = spec({ '/v3/pay/a': { post: operation(body) } })
  const after = spec({
    '/v3/pay/a': { 'x-superseded-by': 'POST /v3/pay/b' },
    '/v3/pay/b': { post: operation({ requestBody: json(object({ a: { type: 'integer' } })) }) },
  })
  assert.equal(compare(before, after).changes.map(spell).sort(), [
    'endpoint-renamed POST /v3/pay/b',
    'request-property-type-changed POST /v3/pay/b body a',
  ])
})

test('a shared schema that several operations use is told once, of the domain', () => {
  const shared = (type: string) => {
    const reply = { 200: { description: 'ok', ...json({ $ref: '#/components/schemas/Shared' }) } }
    return spec(
      {
        '/v3/pay/a': { post: operation({ responses: reply }) },
        '/v3/pay/b': { post: operation({ responses: reply }) },
      },
      { components: { schemas: { Shared: object({ code: { type } }) } } },
    )
  }
  const { changes } = compare(shared('string'), shared('integer'))
  assert.is(changes.length, 1)
  assert.equal(changes[0]!.subject, { domain: 'pay' })
  assert.equal(changes[0]!.location, ['Shared', 'code'])
  assert.is(changes[0]!.before!.pointer, '/components/schemas/Shared/properties/code')
})

test('schemas that refer to themselves and references that lead nowhere are compared', () => {
  const tree = (type: string) =>
    post(
      { responses: { 200: { description: 'ok', ...json({ $ref: '#/components/schemas/Node' }) } } },
      {
        components: {
          schemas: {
            Node: object({
              id: { type },
              'children?': { type: 'array', items: { $ref: '#/components/schemas/Node' } },
              'self?': { allOf: [{ $ref: '#/components/schemas/Node' }] },
              'either?': { oneOf: [{ $ref: '#/components/schemas/Node' }, { type: 'null' }] },
              'lost?': { $ref: '#/components/schemas/Nowhere' },
              'circle?': { $ref: '#/components/schemas/Circle' },
              'outside?': { $ref: 'other.yaml#/A' },
            }),
            Circle: { $ref: '#/components/schemas/Circle' },
          },
        },
      },
    )
  assert.equal(
    compare(tree('string'), tree('integer')).changes.map(({ rule, location }) => [rule, ...location]),
    [['response-property-type-changed', '200', 'id']],
  )
  assert.equal(compare(tree('string'), tree('string')).changes, [])
})

test('any JSON where a document should be is compared without a fault', () => {
  const strange = fc.anything({
    key: fc.constantFrom(
      'type',
      'properties',
      'items',
      'allOf',
      'oneOf',
      'enum',
      '$ref',
      'x',
      '__proto__',
      'required',
    ),
    maxDepth: 4,
  })
  fc.assert(
    fc.property(strange, strange, (one, other) => {
      const place = (value: unknown) => [
        requesting(value as never),
        post({ parameters: value, responses: value, tags: value, servers: value, security: value } as never),
        webhook({ requestBody: value }),
        new Map([['pay', document({ paths: value, webhooks: value, components: value })]]),
        new Map([['pay', value as never]]),
      ]
      const [before, after] = [place(one), place(other)]
      before.forEach((spec, index) => {
        compare(spec as never, after[index] as never)
      })
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('what the types do not know is no matter for those who compile', () => {
  const errors = (type: string) =>
    post({ responses: { 400: { description: 'no', ...json(object({ code: { type } })) } } })
  const [change] = compare(errors('string'), errors('integer')).changes
  assert.equal([change!.wire, change!.types], ['breaking', 'info'])
  const envelope = (type: string) => webhook({ requestBody: json(object({ id: { type } })) })
  const [other] = compare(envelope('string'), envelope('integer')).changes
  assert.equal([other!.wire, other!.types, other!.direction], ['breaking', 'info', 'notification'])
})

test('a number in a path may be given as text, so that its type takes both', () => {
  const path = (type: string) =>
    post({ parameters: [{ name: 'id', in: 'path', required: true, schema: { type } }] })
  const levels = (before: string, after: string) =>
    compare(path(before), path(after)).changes.map(({ wire, types }) => [wire, types])
  assert.equal(levels('string', 'integer'), [['breaking', 'info']])
  assert.equal(levels('integer', 'string'), [['breaking', 'breaking']])
})

test('a header that the client sets by itself is never asked for by the types', () => {
  const header = (name: string) => post({ parameters: [{ name, in: 'header', required: true }] })
  const [own] = compare(post(), header('Wechatpay-Serial')).changes
  assert.equal([own!.wire, own!.types], ['breaking', 'info'])
  const [other] = compare(post(), header('X-Other')).changes
  assert.equal([other!.wire, other!.types], ['breaking', 'breaking'])
})

test('OpenAPI 3.0 says nullable with a keyword, and is understood', () => {
  const [before, after] = facetCases['became-nullable']!
  const { nullable, ...plain } = { ...after, nullable: true } as Record<string, unknown>
  assert.ok(nullable)
  assert.equal(
    compare(answering(object({ p: { ...before, nullable: true } })), answering(object({ p: plain }))).changes,
    [],
  )
})

test.run()
