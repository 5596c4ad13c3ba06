import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { signatureHint } from '../../../src/signature/sign-error.ts'

const head = ['POST', '/v3/a?b=1', '1554208460', 'NONCE'] as const
const signed = { head, body: '{"name":"secret"}' }
const seen = (...lines: string[]) => ({
  sign_information: { truncated_sign_message: `${lines.join('\n')}\n` },
})

test('the first line that differs is named, with both sides', () => {
  assert.match(
    signatureHint(seen('POST', '/v3/a?b=2', '1554208460', 'NONCE', '{}'), signed)!,
    'Line 2 of the signed message (URL) is "/v3/a?b=1", but WeChat Pay received "/v3/a?b=2"',
  )
  assert.match(signatureHint(seen('GET', '/v3/a?b=1'), signed)!, 'Line 1')
  assert.match(signatureHint(seen('POST', '/v3/a?b=1', '1'), signed)!, '(timestamp)')
})

test('when all that is quoted is the same, the rest of the body or the key is suspected', () => {
  const hint = signatureHint(seen(...head, '{"name":'), signed)!
  assert.match(hint, 'privateKey')
  assert.not.match(hint, 'secret')
})

test('a body that differs is reported, and not quoted', () => {
  const hint = signatureHint(seen(...head, '{"nome":'), signed)!
  assert.match(hint, 'Line 5')
  assert.not.match(hint, 'nome')
  assert.match(signatureHint(seen(...head, '{}'), { head, body: undefined })!, 'Line 5')
})

test('anything else gives no hint and never throws', () => {
  for (const odd of [
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { sign_information: null },
    { sign_information: {} },
  ]) {
    assert.is(signatureHint(odd, signed), undefined)
  }
})

test.run()
