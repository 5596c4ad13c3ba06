import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fromBase64, toBase64 } from '../../src/bytes.ts'
import { requestTarget } from '../../src/signature/message.ts'

test('base64 is what Node makes of the same bytes, and reads back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64(bytes)
      assert.is(text, Buffer.from(bytes).toString('base64'))
      assert.equal([...fromBase64(text)!], [...bytes])
    }),
  )
})

test('what is no base64 is nothing', () => {
  for (const text of ['*', 'a', '====', '中文']) assert.is(fromBase64(text), undefined)
})

test('the request target is path and query of the normalised URL', () => {
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
