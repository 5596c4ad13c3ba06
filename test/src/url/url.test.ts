import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { RequestError } from '../../../src/index.ts'
import { requestMessage, responseMessage } from '../../../src/signature/message.ts'
import { fillPath, template } from '../../../src/url/path.ts'
import { writeQuery } from '../../../src/url/query.ts'

const operation = 'GET /v3/a/{id}/b'
/** Arbitrary text, in which characters with a meaning in URLs are frequent. */
const part = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '/',
    '%',
    '?',
    '#',
    '..',
    '.',
    '\\',
    '%2e',
    '%2F',
    ' ',
    '导购',
    '\n',
    '{id}',
    '$&',
    '\ud800',
  ),
)
const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''))
const wellFormed = (value: string) => !/\p{Surrogate}/u.test(value)

test('a path variable stays one segment and reads back the same, or is refused', () => {
  fc.assert(
    fc.property(text, (id) => {
      let path: string
      try {
        path = fillPath('/v3/a/{id}/b', { id }, operation)
      } catch (error) {
        assert.instance(error, RequestError)
        assert.ok(id === '' || id === '.' || id === '..' || !wellFormed(id))
        return
      }
      const { pathname, search, hash, host } = new URL(path, 'https://api.mch.weixin.qq.com')
      assert.is(host, 'api.mch.weixin.qq.com')
      assert.is(pathname, path)
      assert.is(search + hash, '')
      const segments = pathname.split('/')
      assert.is(segments.length, 5)
      assert.equal([segments[2], segments[4]], ['a', 'b'])
      assert.is(decodeURIComponent(segments[3]!), id)
    }),
    { numRuns: 1000 },
  )
})

test('two variables never combine to a segment that changes the path', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      try {
        const path = fillPath('/v3/{a}{b}/c', { a, b }, operation)
        assert.is(new URL(path, 'http://h').pathname, path)
        assert.is(path.split('/').length, 4)
      } catch (error) {
        assert.instance(error, RequestError)
      }
    }),
  )
})

test('a query reads back the same, names too', () => {
  const value = fc.oneof(text.filter(wellFormed), fc.integer(), fc.boolean())
  const query = fc.dictionary(text.filter(wellFormed), fc.oneof(value, fc.array(value)))
  fc.assert(
    fc.property(query, (given) => {
      const expected = Object.entries(given).flatMap(([name, values]) =>
        [values].flat().map((one) => [name, String(one)]),
      )
      const { searchParams } = new URL(`http://h/?${writeQuery(given, operation)}`)
      assert.equal([...searchParams], expected)
    }),
  )
})

test('a query leaves out undefined and null, and refuses objects', () => {
  assert.is(writeQuery({ a: undefined, b: null, c: 0, d: [], e: '' }, operation), 'c=0&e=')
  for (const value of [{}, new Date(), [{}], '\ud800', () => 1]) {
    assert.throws(
      () => writeQuery({ value }, operation),
      (error: unknown) => (error as RequestError).code === 'ERR_QUERY',
    )
  }
})

test('the signed message of a request has five lines, with any body', () => {
  const bytes = fc.uint8Array({ maxLength: 64 })
  fc.assert(
    fc.property(bytes, text.filter(wellFormed), (body, query) => {
      const url = `https://h:8443/v3/a?q=${encodeURIComponent(query)}`
      const message = requestMessage({
        method: 'POST',
        url: `${url}#fragment`,
        timestamp: 1,
        nonce: 'n',
        body,
      })
      const head = Buffer.from(`POST\n${url.slice('https://h:8443'.length).replaceAll("'", '%27')}\n1\nn\n`)
      assert.ok(Buffer.concat([head, body, Buffer.from('\n')]).equals(message))
    }),
  )
})

test('the signed message of a response has three lines, also without a body', () => {
  assert.is(new TextDecoder().decode(responseMessage({ timestamp: '1', nonce: 'n' })), '1\nn\n\n')
  assert.is(new TextDecoder().decode(responseMessage({ timestamp: 1, nonce: 'n', body: '中' })), '1\nn\n中\n')
})

test('<name> and {name} are the same template', () => {
  assert.is(template('/v3/<a>/b/{c}'), '/v3/{a}/b/{c}')
})

test('only own properties count as values', () => {
  assert.throws(() => fillPath('/v3/{constructor}', {}, operation), /missing/)
  assert.throws(() => fillPath('/v3/{__proto__}', {}, operation), /missing/)
})

test.run()
