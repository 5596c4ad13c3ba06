import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { signatureHint } from '../../../src/signature/sign-error.ts'

const head = ['POST', '/v3/a?b=1', '1554208460', 'NONCE'] as const
const signed = { head, body: '{"name":"secret"}' }
const seen = (...lines: string[]) => ({
  detail: { sign_information: { truncated_sign_message: `${lines.join('\n')}\n` } },
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

test('a clock that is wrong is named by the Date of the response, whatever else is said', () => {
  const at = (offset: number) => new Date((1554208460 + offset) * 1000).toUTCString()
  assert.match(
    signatureHint({ date: at(-300), message: '商户证书序列号有误。' }, signed),
    "The clock of this machine is 300 s ahead of WeChat Pay's",
  )
  assert.match(signatureHint({ date: at(7200), ...seen(...head, '{"name":') }, signed), '7200 s behind')
  for (const date of [at(299), at(-299), 'yesterday', '', null, undefined])
    assert.not.match(
      signatureHint({ date, message: '商户证书序列号有误。' }, signed),
      'The clock of this machine is',
    )
})

test('a serial that WeChat Pay does not know is named, with the way to see the right one', () => {
  const message = '商户证书序列号有误。请使用签名私钥匹配的证书序列号'
  assert.match(signatureHint({ message }, signed), /^serial is not .* openssl x509 -in apiclient_cert.pem/)
})

test('anything else asks for what belongs together, and never throws', () => {
  for (const detail of [
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { sign_information: null },
    { sign_information: {} },
  ]) {
    for (const message of [undefined, null, 7, '签名信息错误，验签失败'])
      assert.match(signatureHint({ detail, message }, signed), /serial and privateKey belong together/)
  }
})

test.run()
