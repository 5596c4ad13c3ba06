import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importPublicKey } from '../../../src/index.ts'
import { signer } from '../../../src/keys/signer.ts'
import { requestMessage, responseMessage } from '../../../src/signature/message.ts'
import { stranger } from '../../support/keys.ts'
import { join } from './world.ts'

interface Vectors {
  merchantPublicKey: string
  requests: { id: string; message: string; signature: string }[]
}

const file = new URL('../../src/signature/vectors.json', import.meta.url)
const vectors: Vectors = JSON.parse(readFileSync(file, 'utf8'))
const { peers, matrix, merchant, leave } = await join()
test.after(leave)

const head = { timestamp: 1554208460, nonce: '593BEC0C930BF1AFEB40B4A08C8FB242' }
const text = (message: Uint8Array) => new TextDecoder().decode(message)
const messages = [
  ...vectors.requests.map(({ message }) => message),
  text(requestMessage({ ...head, method: 'DELETE', url: '/v3/a/%E4%B8%AD?b=c%20d&e=%2B' })),
  text(requestMessage({ ...head, method: 'POST', url: '/v3/a', body: '{"a":"中\\n€","b":""}\n' })),
  text(responseMessage({ ...head, body: '' })),
  text(responseMessage({ ...head, body: '{"prepay_id":"wx中"}' })),
]

for (const peer of peers) {
  test(`${peer.name}: the official samples verify`, () =>
    matrix.judge('the official samples’ signatures verify there', peer.name, async () => {
      for (const { message, signature } of vectors.requests) {
        assert.ok(await peer.verify(message, signature, vectors.merchantPublicKey))
        assert.not.ok(await peer.verify(`${message} `, signature, vectors.merchantPublicKey))
      }
    }))

  test(`${peer.name}: the same key and message give the same signature`, () =>
    matrix.judge(`the same signature of ${messages.length} messages`, peer.name, async () => {
      const ours = signer(merchant.privateKey)
      for (const message of messages) {
        const bytes = new TextEncoder().encode(message)
        assert.is(await ours.sign(bytes), await peer.sign(message))
      }
    }))

  test(`${peer.name}: our signatures verify there, theirs here`, () =>
    matrix.judge(
      'signatures verify, ours there and theirs here; changed ones do not',
      peer.name,
      async () => {
        const ours = signer(merchant.privateKey)
        const key = await importPublicKey(merchant.publicKey)
        for (const message of messages) {
          const bytes = new TextEncoder().encode(message)
          const signature = await ours.sign(bytes)
          assert.ok(await peer.verify(message, signature, merchant.publicKey))
          assert.not.ok(await peer.verify(message.slice(0, -1), signature, merchant.publicKey))
          assert.not.ok(await peer.verify(message, signature, stranger().publicKey))
          const theirs = Buffer.from(await peer.sign(message), 'base64')
          assert.ok(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, theirs, bytes))
        }
      },
    ))
}

test.run()
