import { constants, privateDecrypt, publicEncrypt } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openData } from '../../../src/fields/open-response.ts'
import { placesWithin } from '../../../src/fields/place-tree.ts'
import { sealQuery, sealRequest } from '../../../src/fields/seal-request.ts'
import { sealerFor } from '../../../src/fields/sealer.ts'
import { decrypter } from '../../../src/keys/decrypter.ts'
import type { Places } from '../../../src/operations/traits.ts'
import { knownKeys } from '../../../src/verification/platform.ts'
import { rsaPair } from '../../support/keys.ts'
import { operationNames, traitsOf } from '../../support/table.ts'

const { privateKey, publicKey } = rsaPair()
const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
/** Node's OpenSSL, as a thousand processes would be slow. */
const opened = (base64: string) =>
  privateDecrypt({ key: privateKey, ...padding }, Buffer.from(base64, 'base64')).toString()
const closed = (plain: string) =>
  publicEncrypt({ key: publicKey, ...padding }, Buffer.from(plain)).toString('base64')

/** Replaces the values at a place, in a copy. */
function mapped(value: unknown, steps: readonly string[], change: (one: unknown) => unknown): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return change(value)
  if (step === '[]') return (value as unknown[]).map((item) => mapped(item, rest, change))
  const object = value as Record<string, unknown>
  return { ...object, [step]: mapped(object[step], rest, change) }
}

const stepsOf = (place: string) => place.match(/\[\]|[^.[\]]+/g)!

/** A value that has all places, two items in each array, and other values beside them. */
function sample({ encrypted = [], json = [] }: Places): unknown {
  let count = 0
  const built = (below: readonly string[][]): unknown => {
    if (below.some((steps) => steps[0] === '[]')) {
      const items = below.map((steps) => steps.slice(1))
      return [built(items), built(items)]
    }
    const names = [...new Set(below.flatMap(([name]) => name ?? []))]
    if (names.length === 0) return `机密 "${++count}"\n`
    const fields = names.map((name) => {
      const inner = below.filter((steps) => steps[0] === name).map((steps) => steps.slice(1))
      return [name, name === 'inside' ? '公开' : built(inner)]
    })
    return { beside: '旁"边\\', number: 1.5, ...Object.fromEntries(fields), empty: {}, list: [] }
  }
  // Embedded JSON has content, also when none of its places is known.
  return built([...encrypted.map(stepsOf), ...json.map((place) => [...stepsOf(place), 'inside'])])
}

/** The value as it is sent, by code independent of the code under test. */
function wire(value: unknown, { encrypted = [], json = [] }: Places): unknown {
  const sealed = encrypted.reduce(
    (all, place) => mapped(all, stepsOf(place), (one) => closed(one as string)),
    value,
  )
  return [...json]
    .reverse()
    .reduce((all, place) => mapped(all, stepsOf(place), (one) => JSON.stringify(one)), sealed)
}

function unwired(value: unknown, { encrypted = [], json = [] }: Places): unknown {
  const parsed = json.reduce(
    (all, place) => mapped(all, stepsOf(place), (one) => JSON.parse(one as string)),
    value,
  )
  return encrypted.reduce((all, place) => mapped(all, stepsOf(place), (one) => opened(one as string)), parsed)
}

const tables = (kind: 'request' | 'query' | 'response') =>
  operationNames.flatMap((name) => {
    const traits = traitsOf(name)
    const places = traits[kind]
    if (!places) return []
    return [
      { name, places: kind === 'request' && traits.form ? placesWithin(places, traits.form.signed) : places },
    ]
  })
const countOf = (kind: 'request' | 'query' | 'response') =>
  tables(kind).reduce((sum, { places }) => sum + (places.encrypted?.length ?? 0), 0)
const keys = knownKeys({ PUB_KEY_ID_1: publicKey })
const { decrypt } = decrypter(privateKey)

test('the table has all fields of the documentation', () => {
  assert.ok(countOf('request') + countOf('query') >= 296, `${countOf('request') + countOf('query')}`)
  assert.ok(countOf('response') >= 69, `${countOf('response')}`)
})

for (const { name, places } of tables('request')) {
  test(`request of ${name}`, async () => {
    const body = sample(places)
    const text = JSON.stringify(body)
    const { encrypt, serial } = sealerFor(keys)
    const sealed = await sealRequest(text, places, encrypt, name)
    assert.not.match(sealed, '机密')
    assert.equal(unwired(JSON.parse(sealed), places), body)
    assert.is(serial(), places.encrypted?.length ? 'PUB_KEY_ID_1' : undefined)
    // Embedded JSON passed as text is sealed like the same value.
    const written = (places.json ?? []).reduceRight(
      (all, place) => mapped(all, stepsOf(place), (one) => JSON.stringify(one)),
      body,
    )
    const again = await sealRequest(JSON.stringify(written), places, encrypt, name)
    assert.not.match(again, '机密')
    assert.equal(unwired(JSON.parse(again), places), body)
  })
}

for (const { name, places } of tables('query')) {
  test(`query of ${name}`, async () => {
    const { encrypted = [], json = [] } = places
    const url = new URL('https://api.mch.weixin.qq.com/v3/x?before=a%20b&c=%7e*')
    for (const [index, place] of encrypted.entries()) url.searchParams.append(place, `机密 +&${index}`)
    for (const place of json) url.searchParams.append(place, '{"a":[1]}')
    const { encrypt } = sealerFor(keys)
    const sealed = new URL(await sealQuery(url.href, places, encrypt, name))
    assert.not.match(sealed.href, encodeURIComponent('机密'))
    assert.equal([...sealed.searchParams.keys()], [...url.searchParams.keys()])
    for (const [parameter, value] of sealed.searchParams) {
      const plain = encrypted.includes(parameter) ? opened(value) : value
      assert.is(plain, url.searchParams.get(parameter))
    }
  })
}

for (const { name, places } of tables('response')) {
  test(`response of ${name}`, async () => {
    const data = sample(places)
    const received = wire(data, places)
    const before = JSON.stringify(received)
    assert.equal(await openData(received, places, decrypt, { operation: name }), data)
    assert.is(JSON.stringify(received), before)
  })
}

test.run()
