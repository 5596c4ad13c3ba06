import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openData } from '../../../src/fields/open-response.ts'
import { sealRequest } from '../../../src/fields/seal-request.ts'
import type { Places } from '../../../src/operations/traits.ts'
import { thrownBy } from '../../support/thrown.ts'

const operation = 'POST /v3/x'
const context = { operation, requestId: 'R1' }
const encrypt = async (plain: string) => `<${plain}>`
const decrypt = async (cipher: string) => cipher.slice(1, -1)
const seal = (text: string, places: Places) => sealRequest(text, places, encrypt, operation)

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '名 "x\\')
const leaf = fc.oneof(
  { arbitrary: fc.string({ unit: 'binary' }), weight: 5 },
  { arbitrary: fc.constantFrom('null', '{"a":1}', '[', '\\"', '}'), weight: 2 },
  fc.integer(),
  fc.constantFrom(true, null),
)
const { value: json, inner } = fc.letrec((tie) => ({
  inner: fc.oneof({ maxDepth: 4, depthSize: 'large' }, leaf, tie('object'), tie('list')),
  object: fc
    .array(fc.tuple(name, tie('inner')), { minLength: 1, maxLength: 4 })
    .map((pairs) => Object.fromEntries(pairs)),
  list: fc.array(tie('inner'), { maxLength: 3 }),
  value: fc.oneof({ arbitrary: tie('object'), weight: 6 }, tie('list'), leaf),
}))
/** A path into a value: usually an existing one. */
const way = fc.array(fc.tuple(fc.nat(), fc.constantFrom('', '', '', 'a', '[]')), {
  minLength: 1,
  maxLength: 5,
})

function placeIn(value: unknown, way: readonly (readonly [number, string])[]): string {
  let place = ''
  let at = value
  for (const [pick, other] of way) {
    const inside = typeof at === 'object' && at ? Object.entries(at) : []
    const [name, next] = inside[pick % inside.length] ?? []
    if (place && name === undefined && !other) break
    const step = other || (Array.isArray(at) ? '[]' : /^\w+$/.test(name ?? '') ? name! : 'b')
    place += step === '[]' || !place ? step : `.${step}`
    at = next
  }
  return place
}

/** The same value as another text, with white space and escapes. */
const text = fc.tuple(json, fc.constantFrom('', ' ', '\n\t'), fc.boolean()).map(([value, space, escapes]) => {
  const plain = JSON.stringify(value, null, space)
  return escapes
    ? plain.replace(/[^\x20-\x7e\n\t]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : plain
})

class Elsewhere extends Error {}

/** A simple implementation of sealing, over values. */
function sealedValue(value: unknown, steps: readonly string[]): unknown {
  if (value === null) return value
  const [step, ...rest] = steps
  if (step === undefined) {
    if (typeof value !== 'string') throw new Elsewhere()
    return value && `<${value}>`
  }
  if (step === '[]') {
    if (!Array.isArray(value)) throw new Elsewhere()
    return value.map((item) => sealedValue(item, rest))
  }
  if (typeof value !== 'object' || Array.isArray(value)) throw new Elsewhere()
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === step ? sealedValue(one, rest) : one]),
  )
}

test('any JSON and any place: sealed or refused like the simple implementation, and opened again', async () => {
  let sealedOnes = 0
  await fc.assert(
    fc.asyncProperty(text, way, async (text, way) => {
      const place = placeIn(JSON.parse(text), way)
      const places = { encrypted: [place] }
      let expected: unknown
      try {
        expected = sealedValue(JSON.parse(text), place.match(/\[\]|[^.[\]]+/g)!)
      } catch (error) {
        assert.instance(error, Elsewhere)
        assert.is((await thrownBy(() => seal(text, places))).code, 'ERR_ENCRYPT_VALUE')
        return
      }
      const sealed = await seal(text, places)
      assert.is(JSON.stringify(JSON.parse(sealed)), JSON.stringify(expected))
      if (JSON.stringify(expected) === JSON.stringify(JSON.parse(text))) assert.is(sealed, text)
      else sealedOnes++
      const opened = await openData(JSON.parse(sealed), places, decrypt, context)
      assert.is(JSON.stringify(opened), JSON.stringify(JSON.parse(text)))
    }),
    { numRuns: 3000 },
  )
  assert.ok(sealedOnes > 100, `${sealedOnes} sealed something`)
})

test('any JSON and any embedded place: written and read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom('a', 'b'), inner), async (body) => {
      const places = { json: ['a'] }
      const sealed = JSON.parse(await seal(JSON.stringify(body), places))
      const given = body['a']
      if (given === undefined || given === null) return
      assert.is(sealed.a, typeof given === 'string' ? given : JSON.stringify(given))
      if (typeof given === 'object') {
        const opened = await openData(sealed, places, decrypt, context)
        assert.is(JSON.stringify(opened), JSON.stringify(body))
      }
    }),
    { numRuns: 500 },
  )
})

test('a hundred thousand nested brackets are handled', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const text = `{"deep":${deep},"name":"x"}`
  assert.is(await seal(text, { encrypted: ['name'] }), `{"deep":${deep},"name":"<x>"}`)
})

test.run()
