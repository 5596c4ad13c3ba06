import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { concat, fromBase64, toBase64, toHex } from '../../src/bytes.ts'
import { requestTarget } from '../../src/signature/message.ts'

test('base64 matches Node and decodes to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64(bytes)
      assert.is(text, Buffer.from(bytes).toString('base64'))
      assert.equal([...fromBase64(text)!], [...bytes])
    }),
  )
})

test('hexadecimal and concatenation match Node', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 5 }), (parts) => {
      const expected = Buffer.concat(parts)
      assert.ok(expected.equals(concat(parts)))
      assert.is(toHex(concat(parts)), expected.toString('hex'))
    }),
  )
})

test('text that is not base64 gives undefined', () => {
  for (const text of ['*', 'a', '====', '中文']) assert.is(fromBase64(text), undefined)
})

test('the request target is the path and query of the normalised URL', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
      const url = new URL(text)
      assert.is(requestTarget(url.href), url.pathname + url.search)
    }),
  )
  assert.is(requestTarget('https://api.mch.weixin.qq.com'), '/')
  assert.is(requestTarget('https://h?a=1'), '/?a=1')
  assert.is(requestTarget('https://u:p@h/v3/a?b#c'), '/v3/a?b')
})

test.run()
