import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { json, object, operation, post, requesting, responding, spec } from '../support/spec.ts'

const text = { type: 'string' }
const order = object({ appid: text, mchid: text, amount: object({ total: text, currency: text, fee: text }) })

test('a lost table explains its changes', () => {
  for (const [before, after] of [
    [requesting(order), requesting({ type: 'object' })],
    [requesting(order), post()],
    [responding(order), post()],
    [requesting(order), requesting(object({ appid: text, mchid: text, amount: { type: 'object' } }))],
    [
      post({ parameters: ['a', 'b'].map((name) => ({ name, in: 'query', schema: text })) }),
      post({ parameters: [] }),
    ],
  ] as const) {
    const { changes, suspicions } = compare(before, after)
    assert.equal(
      suspicions.map(({ rule }) => rule),
      ['table-vanished'],
    )
    assert.equal(suspicions[0]!.explains, changes.map(({ fingerprint }) => fingerprint).sort())
    assert.match(suspicions[0]!.message.zh, /字段都消失了/)
    assert.equal(compare(after, before).suspicions, [])
  }
})

test('a lost row is not suspicious', () => {
  assert.equal(compare(requesting(order), requesting(object({ appid: text, mchid: text }))).suspicions, [])
})

test('half of a domain is gone', () => {
  const paths = (count: number) =>
    spec(
      Object.fromEntries(
        ['alpha', 'beta', 'gamma', 'delta', 'epsilon']
          .slice(0, count)
          .map((name) => [`/v3/pay/${name}`, { post: operation({ summary: name }) }]),
      ),
    )
  const { changes, suspicions } = compare(paths(5), paths(2))
  assert.equal(
    suspicions.map(({ rule, subject }) => [rule, subject]),
    [['domain-halved', { domain: 'pay' }]],
  )
  assert.equal(suspicions[0]!.explains, changes.map(({ fingerprint }) => fingerprint).sort())
  assert.equal(compare(paths(5), paths(4)).suspicions, [])
})

test('two properties swapped their enums', () => {
  const states = { type: 'string', 'x-extensible-enum': ['PAID', 'OPEN'] }
  const kinds = { type: 'string', 'x-extensible-enum': ['CARD', 'CASH'] }
  const before = responding(object({ state: states, kind: kinds }))
  const after = responding(object({ state: kinds, kind: states }))
  const { changes, suspicions } = compare(before, after)
  assert.equal(
    suspicions.map(({ rule, location }) => [rule, ...location]),
    [['enums-swapped', '200']],
  )
  assert.is(suspicions[0]!.explains.length, changes.length)
})

test('a response became the request of another operation', () => {
  const specWith = (response: object) =>
    spec({
      '/v3/pay/a': { post: operation({ requestBody: json(order as never) }) },
      '/v3/pay/b': {
        post: operation({ responses: { 200: { description: 'ok', ...json(response as never) } } }),
      },
    })
  const { suspicions } = compare(specWith(object({ prepay_id: text })), specWith(order))
  assert.equal(
    suspicions.map(({ rule, subject }) => [rule, subject.operation]),
    [['response-is-request', 'POST /v3/pay/b']],
  )
  assert.match(suspicions[0]!.message.en, /POST \/v3\/pay\/a/)
})

test.run()
