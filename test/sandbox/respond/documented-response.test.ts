import { constants, privateDecrypt } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { document } from '../../support/document.ts'
import { merchant, startForMerchant } from '../merchant-sandbox.ts'

const encrypted = { type: 'string', 'x-encrypted': 'merchant', example: '张三' }
const person = { type: 'object', properties: { name: encrypted } }
const people = {
  openapi: '3.1.0',
  paths: {
    '/v3/people': {
      get: {
        responses: {
          200: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    name: encrypted,
                    list: { type: 'array', items: person },
                    inner: { type: 'string', contentMediaType: 'application/json', contentSchema: person },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}
const { sandbox, hand } = await startForMerchant({ documents: [document, people] })
test.after(() => sandbox.close())

function decrypted(text: string): string {
  const { privateKey: key } = merchant
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  return privateDecrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text, 'base64')).toString()
}

test('the body is made from the schema and the same each time', async () => {
  const target = '/v3/smartguide/guides?store_id=1'
  const first = await hand.send({ target })
  assert.equal(first.body, { data: [{ guide_id: 'guide_id-1' }], total_count: 1, state: 'OPEN' })
  assert.equal((await hand.send({ target })).body, first.body)
})

test('sensitive fields are encrypted for the caller, at any depth', async () => {
  const { body } = await hand.send({ target: '/v3/people' })
  assert.is(decrypted(body.name), '张三')
  assert.is(decrypted(body.list[0].name), '张三')
  assert.is(decrypted(JSON.parse(body.inner).name), '张三')
})

test.run()
