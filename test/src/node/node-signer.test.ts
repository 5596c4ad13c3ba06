import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeSigner } from '../../../src/node/index.ts'
import { rsaPair } from '../../support/keys.ts'
import { opensslVerifies } from '../../support/openssl.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const { privateKey, publicKey } = rsaPair()

test('signs as OpenSSL verifies, and as WebCrypto does', async () => {
  const pem = privateKey.replace(/-----.*-----/g, '')
  const key = await crypto.subtle.importKey(
    'pkcs8',
    Buffer.from(pem, 'base64'),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const { sign } = nodeSigner(privateKey)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (message) => {
      const other = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, message as never)
      assert.is(await sign(message), Buffer.from(other).toString('base64'))
    }),
    { numRuns: 30 },
  )
  const message = Buffer.from('POST\n/v3/图书\n')
  assert.ok(opensslVerifies(publicKey, message, await sign(message)))
})

test('decrypts what is encrypted for the merchant', async () => {
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const cipher = publicEncrypt(
    { key: createPublicKey(publicKey), padding, oaepHash: 'sha1' },
    Buffer.from('张三'),
  )
  assert.is(Buffer.from(await nodeSigner(privateKey).decrypt(cipher)).toString(), '张三')
})

test('a key that is none is reported at once, and not quoted', async () => {
  const damaged = privateKey.replace(/\n(.{20})/, '\nAAAA$1')
  for (const [key, code] of [
    [publicKey, 'ERR_KEY_IS_PUBLIC'],
    ['/path/apiclient_key.pem', 'ERR_KEY_NOT_PEM'],
    [rsaPair(1024).privateKey, 'ERR_KEY_SIZE'],
    [damaged, 'ERR_KEY_INVALID'],
  ] as const) {
    const error = await thrownBy(() => nodeSigner(key))
    assert.is(error.code, code)
    if (key.includes('PRIVATE')) assert.not.match(printed(error), key.slice(60, 90))
  }
})

test.run()
