import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bounded } from '../../../src/fields/bounded.ts'
import { openData } from '../../../src/fields/open-response.ts'
import { placesWithin } from '../../../src/fields/place-tree.ts'
import { sealQuery, sealRequest } from '../../../src/fields/seal-request.ts'
import type { Places } from '../../../src/operations/traits.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const operation = 'POST /v3/x'
const context = { operation, requestId: 'R1' }
const encrypt = async (plain: string) => `<${plain}>`
const decrypt = async (cipher: string) => cipher.slice(1, -1)
const seal = (text: string, places: Places) => sealRequest(text, places, encrypt, operation)
const query = (url: string, places: Places) => sealQuery(url, places, encrypt, operation)

test('only sensitive values are replaced; all else stays unchanged, character for character', async () => {
  const places = { encrypted: ['payer.name', 'receivers[].name', 'tags[]', 'deep[][].a'] }
  const text = ` { "total" : 12345678901234567890 ,"rate":1.0, "huge":1e400, "payer":{"name" :"张三","x":"\\u5f20"},
    "receivers":[{"name":"a\\"b"} , {"id":-0}, {"name":"","name":"twice"}],"tags":["x","y"],
    "deep":[[{"a":"d"}],[]],"__proto__":{"name":"kept"},"note":"{\\"name\\":\\"}" } `
  assert.is(
    await seal(text, places),
    ` { "total" : 12345678901234567890 ,"rate":1.0, "huge":1e400, "payer":{"name" :"<张三>","x":"\\u5f20"},
    "receivers":[{"name":"<a\\"b>"} , {"id":-0}, {"name":"","name":"<twice>"}],"tags":["<x>","<y>"],
    "deep":[[{"a":"<d>"}],[]],"__proto__":{"name":"kept"},"note":"{\\"name\\":\\"}" } `,
  )
})

test('a name with escapes is the same name', async () => {
  assert.is(await seal('{"n\\u0061me":"x"}', { encrypted: ['name'] }), '{"n\\u0061me":"<x>"}')
  assert.is(
    await seal('{"__proto__":{"a":"x"}}', { encrypted: ['__proto__.a'] }),
    '{"__proto__":{"a":"<x>"}}',
  )
})

test('absent, null and empty values stay unchanged and need no key', async () => {
  const noKey = async () => assert.unreachable('no key was needed')
  const places = { encrypted: ['payer.name', 'receivers[].name'] }
  for (const text of [
    '',
    '{}',
    'null',
    '{"payer":null}',
    '{"payer":{"name":null}}',
    '{"receivers":[{"name":""},null]}',
  ]) {
    assert.is(await sealRequest(text, places, noKey as never, operation), text)
  }
})

const misplaced: [name: string, text: string, says: RegExp][] = [
  ['a number', '{"payer":{"name":4111111111111111}}', /payer\.name must be a string.*plain text/],
  ['an object', '{"payer":{"name":{"first":"4111111111111111"}}}', /payer\.name must be a string/],
  ['an array', '{"payer":{"name":["4111111111111111"]}}', /payer\.name must be a string/],
  ['true', '{"payer":{"name":true}}', /payer\.name must be a string/],
  [
    'an array where an object is documented',
    '{"payer":[{"name":"4111111111111111"}]}',
    /payer must be an object/,
  ],
  ['a text where an object is documented', '{"payer":"4111111111111111"}', /payer must be an object/],
  [
    'an object where an array is documented',
    '{"receivers":{"name":"4111111111111111"}}',
    /receivers must be an array/,
  ],
  [
    'an array in an array',
    '{"receivers":[{"a":1},[{"name":"4111111111111111"}]]}',
    /receivers\[1\] must be an object/,
  ],
  ['an array as the body', '[{"payer":{"name":"4111111111111111"}}]', /the body must be an object/],
  ['a text as the body', '"4111111111111111"', /the body must be an object/],
  [
    'an embedded value elsewhere',
    '{"form":{"people":{"name":"4111111111111111"}}}',
    /form\.people must be an array/,
  ],
  ['an embedded text elsewhere', '{"form":"\\"4111111111111111\\""}', /form must be an object/],
]

for (const [name, text, says] of misplaced) {
  test(`${name} throws ERR_ENCRYPT_VALUE instead of being sent in plain text`, async () => {
    const places = { encrypted: ['payer.name', 'receivers[].name', 'form.people[].name'], json: ['form'] }
    const error = await thrownBy(() => seal(text, places))
    assert.is(error.code, 'ERR_ENCRYPT_VALUE')
    assert.match(error.message, says)
    assert.is(error.operation, operation)
    assert.not.match(printed(error), '4111111111111111')
  })
}

test('a text that is not JSON is refused when it may have a sensitive field', async () => {
  for (const text of ['{"name":"4111111111111111"', '{"name":4111111111111111,}', 'name=4111111111111111']) {
    const error = await thrownBy(() => seal(text, { encrypted: ['name'] }))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'the body is not JSON')
    assert.not.match(printed(error), '4111111111111111')
  }
})

test('embedded JSON: sensitive fields are encrypted, then objects become texts, inner ones first', async () => {
  const places = { json: ['data', 'data.fields[].rows', 'photos'], encrypted: ['data.fields[].rows[].name'] }
  const body = { data: { fields: [{ rows: [{ name: 'x', no: 1 }] }, { id: 'a"b' }] }, photos: ['1', '2'] }
  const rows = JSON.stringify([{ name: '<x>', no: 1 }])
  const wire = {
    data: JSON.stringify({ fields: [{ rows }, { id: 'a"b' }] }),
    photos: '["1","2"]',
  }
  assert.equal(JSON.parse(await seal(JSON.stringify(body), places)), wire)
  // Passed as text, in whole or in part.
  const written = { ...body, data: JSON.stringify(body.data), photos: wire.photos }
  assert.equal(JSON.parse(await seal(JSON.stringify(written), places)), wire)
  const inner = {
    ...body,
    data: { fields: [{ rows: JSON.stringify(body.data.fields[0]!.rows) }, { id: 'a"b' }] },
  }
  assert.equal(JSON.parse(await seal(JSON.stringify(inner), places)), wire)
  assert.equal(await openData(wire, places, decrypt, context), body)
})

test('embedded JSON keeps its digits, and text without sensitive fields stays unchanged', async () => {
  const places = { json: ['a'] }
  assert.is(await seal('{"a":{"n":12345678901234567890}}', places), '{"a":"{\\"n\\":12345678901234567890}"}')
  for (const text of ['{"a":"no JSON"}', '{"a":""}', '{"a":null}', '{}'])
    assert.is(await seal(text, places), text)
  const error = await thrownBy(() => seal('{"a":"no JSON, 4111"}', { json: ['a'], encrypted: ['a.b'] }))
  assert.is(error.code, 'ERR_REQUEST')
  assert.match(error.message, 'a is not JSON')
  assert.not.match(printed(error), '4111')
})

test('encrypt and decrypt receive the place, for messages', async () => {
  const seen: unknown[] = []
  const record = async (_: string, field: unknown) => String(seen.push(field))
  await sealRequest('{"a":[{"b":"x"},{"b":"y"}]}', { encrypted: ['a[].b'] }, record, operation)
  await sealQuery('/v3/x?b=1', { encrypted: ['b'] }, record, operation)
  await openData({ a: [{ b: 'x' }] }, { encrypted: ['a[].b'] }, record, context)
  assert.equal(seen, [
    { place: 'a[0].b', operation },
    { place: 'a[1].b', operation },
    { place: 'query parameter b', operation },
    { place: 'a[0].b', operation, requestId: 'R1' },
  ])
})

test('a query: only the sensitive parameters are replaced, percent-encoded once', async () => {
  const places = { encrypted: ['name', 'phone'] }
  const plus = async (plain: string) => `+/=${plain}`
  assert.is(
    await sealQuery(
      'https://h/v3/x/%E5%BC%A0?a=%7e*&name=%E5%BC%A0+%2B%26&=&b&phone=1&name=2#name=3',
      places,
      plus,
      operation,
    ),
    'https://h/v3/x/%E5%BC%A0?a=%7e*&name=%2B%2F%3D%E5%BC%A0%20%2B%26&=&b&phone=%2B%2F%3D1&name=%2B%2F%3D2#name=3',
  )
  for (const url of [
    '/v3/x',
    '/v3/x?',
    '/v3/x#?name=1',
    '/v3/x?name',
    '/v3/x?name=&Name=x',
    '/v3/x?%=1&a=%',
  ]) {
    assert.is(await query(url, places), url)
  }
  assert.is(await query('/v3/x?n%61me=1', places), '/v3/x?n%61me=%3C1%3E')
  assert.is(
    await query('/v3/x?f=%7B%22a%22%3A%221%22%7D', { json: ['f'], encrypted: ['f.a'] }),
    `/v3/x?f=${encodeURIComponent('{"a":"<1>"}')}`,
  )
  assert.is(await query('/v3/x?f=%7B%7D', { json: ['f'] }), '/v3/x?f=%7B%7D')
})

test('a query that would be sent in plain text is refused', async () => {
  for (const [url, code] of [
    ['/v3/x?name[]=4111', 'ERR_ENCRYPT_VALUE'],
    ['/v3/x?name[first]=4111', 'ERR_ENCRYPT_VALUE'],
    ['/v3/x?name%5B0%5D=4111', 'ERR_ENCRYPT_VALUE'],
    ['/v3/x?name=4111%', 'ERR_QUERY'],
    ['/v3/x?name=4111%ff', 'ERR_QUERY'],
    ['/v3/x?form[a]=4111', 'ERR_QUERY'],
  ] as const) {
    const error = await thrownBy(() => query(url, { encrypted: ['name'], json: ['form'] }))
    assert.is(error.code, code)
    assert.match(error.message, /query parameter (name|form)/)
    assert.not.match(printed(error), '4111')
  }
})

test('a response: values that are not as documented stay unchanged', async () => {
  const places = { encrypted: ['data[].name', 'x'], json: ['data[].form', 'note', 'list'] }
  const odd = {
    data: [{ name: '', form: '' }, { name: null, form: 'no JSON' }, { name: 5 }, 'x', null],
    x: { y: 1 },
    note: '5',
    list: 'null',
    beside: '[1]',
  }
  assert.equal(await openData(odd, places, decrypt, context), odd)
  for (const data of [undefined, null, 5, 'text', [], { data: { name: '<a>' } }]) {
    assert.equal(await openData(data, places, decrypt, context), data)
  }
  const open = await openData(
    { data: [{ name: '<a>', form: '{"b":1}' }], list: '[]' },
    places,
    decrypt,
    context,
  )
  assert.equal(open, { data: [{ name: 'a', form: { b: 1 } }], list: [] })
})

test('a response is not modified, and cannot change a prototype', async () => {
  const response = JSON.parse('{"__proto__":{"a":"<x>"},"b":{"a":"<y>"}}')
  Object.freeze(response)
  Object.freeze(response.b)
  const opened = (await openData(response, { encrypted: ['__proto__.a', 'b.a'] }, decrypt, context)) as object
  assert.is(JSON.stringify(opened), '{"__proto__":{"a":"x"},"b":{"a":"y"}}')
  assert.is(Object.getPrototypeOf(opened), Object.prototype)
})

test('a part of a form has the places below its name', () => {
  const places = { encrypted: ['meta.a', 'meta.b[].c', 'metaphor.d', 'file'], json: ['meta.e'] }
  assert.equal(placesWithin(places, 'meta'), { encrypted: ['a', 'b[].c'], json: ['e'] })
  assert.equal(placesWithin({}, 'meta'), { encrypted: [], json: [] })
})

test('at most the given number of calls run at once, all run, and a failure stops none', async () => {
  let running = 0
  let most = 0
  const work = bounded(3, async (index: number) => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, index % 3))
    running--
    if (index === 4) throw new Error('4')
    return index
  })
  const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => work(index)))
  assert.is(most, 3)
  assert.equal(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : 'failed')),
    Array.from({ length: 20 }, (_, index) => (index === 4 ? 'failed' : index)),
  )
})

test.run()
