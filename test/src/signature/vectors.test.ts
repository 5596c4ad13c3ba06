import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importPublicKey } from '../../../src/index.ts'
import { requestMessage } from '../../../src/signature/message.ts'
import { opensslVerifies } from '../../support/openssl.ts'

interface Vectors {
  merchantPublicKey: string
  requests: { id: string; message: string; signature: string }[]
}

const vectors: Vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'))

for (const { id, message, signature } of vectors.requests) {
  test(`official sample ${id}: our message is the documented one, and its signature verifies`, async () => {
    const [method = '', url = '', timestamp = '', nonce = '', body] = message.split('\n')
    const ours = requestMessage({
      method,
      url: `https://api.mch.weixin.qq.com${url}#x`,
      timestamp,
      nonce,
      body,
    })
    assert.is(new TextDecoder().decode(ours), message)
    assert.ok(opensslVerifies(vectors.merchantPublicKey, ours, signature))
    const key = await importPublicKey(vectors.merchantPublicKey)
    const bytes = Buffer.from(signature, 'base64')
    assert.ok(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes, ours))
    ours[ours.length - 1] = 32
    assert.not.ok(opensslVerifies(vectors.merchantPublicKey, ours, signature))
  })
}

test.run()
