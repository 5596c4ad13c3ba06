import { X509Certificate } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aead } from '../../../src/encryption/aead.ts'
import { decryptOaep, encryptOaep } from '../../../src/encryption/oaep.ts'
import { apiV3Key } from '../../support/platform-keys.ts'
import { rejected } from './rejected.ts'
import { join } from './world.ts'

const { sandbox, peers, matrix, merchant, platform, leave } = await join()
test.after(leave)

const texts = ['张三', '13800138000', 'a', '中'.repeat(71), '€ <&>"\\']
const oaep = { name: 'RSA-OAEP', hash: 'SHA-1' }

function der(pem: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64'))
}

const decryptKey = (pem: string) => crypto.subtle.importKey('pkcs8', der(pem), oaep, false, ['decrypt'])
const encryptKey = (pem: string) => crypto.subtle.importKey('spki', der(pem), oaep, false, ['encrypt'])

for (const peer of peers) {
  test(`${peer.name}: its certificates are those that we hand out`, () =>
    matrix.judge('our list of certificates decrypted there', peer.name, async () => {
      const certificates = await peer.certificates()
      assert.is(Object.keys(certificates).length, 2)
      const { serial, certificate } = platform.certificate
      assert.is(
        new X509Certificate(certificates[serial]!).toString(),
        new X509Certificate(certificate!).toString(),
      )
    }))

  for (const by of ['key', 'certificate'] as const) {
    const how = by === 'key' ? 'public key' : 'downloaded certificate'
    test(`${peer.name}: sensitive fields of theirs decrypted here, with the ${how}`, () =>
      matrix.judge(`their sensitive fields decrypted here, ${how}`, peer.name, async () => {
        const key = await decryptKey(platform[by].privateKey as string)
        for (const text of texts) {
          const { serial, ciphertext } = await peer.encrypt(text, by)
          assert.is(serial, platform[by].serial)
          assert.is(await decryptOaep(key, ciphertext), text)
        }
      }))
  }

  test(`${peer.name}: sensitive fields of ours decrypted there`, () =>
    matrix.judge('our sensitive fields decrypted there', peer.name, async () => {
      const key = await encryptKey(merchant.publicKey)
      for (const text of texts) assert.is(await peer.decrypt(await encryptOaep(key, text)), text)
    }))

  test(`${peer.name}: sensitive fields through the sandbox, both ways`, () =>
    matrix.judge('sensitive fields through the sandbox, both ways', peer.name, async () => {
      const { ciphertext: name } = await peer.encrypt('张三', 'key')
      const { ciphertext: mobile } = await peer.encrypt('13800138000', 'key')
      const body = {
        corpid: 'ww',
        store_id: 1,
        userid: 'u',
        name,
        mobile,
        qr_code: 'https://x/',
        avatar: 'https://x/',
        group_qrcode: 'https://x/',
      }
      await peer.request({
        method: 'POST',
        path: '/v3/smartguide/guides',
        body: JSON.stringify(body),
        by: 'key',
      })
      assert.equal(sandbox.requests.at(-1)!.decrypted, { '/name': '张三', '/mobile': '13800138000' })
      const path = `/v3/smartguide/guides?store_id=1&mobile=${encodeURIComponent(mobile)}`
      const answer = JSON.parse((await peer.request({ method: 'GET', path, by: 'key' })).body)
      assert.equal(sandbox.requests.at(-1)!.decrypted, { mobile: '13800138000' })
      assert.is(await peer.decrypt(answer.data[0].name), 'name-1')
    }))

  test(`${peer.name}: AES-GCM of theirs opened here, and of ours there`, () =>
    matrix.judge('AES-GCM both ways, a changed tag refused', peer.name, async () => {
      const ours = aead(apiV3Key)
      for (const [index, text] of texts.entries()) {
        const nonce = `nonce-${100000 + index}`
        const associatedData = index % 2 === 0 ? 'transaction' : ''
        const ciphertext = await peer.seal({ text, nonce, associatedData })
        const opened = await ours.decrypt({ ciphertext, nonce, associated_data: associatedData })
        assert.is(new TextDecoder().decode(opened), text)
        const sealed = await ours.encrypt({ plaintext: text, nonce, associated_data: associatedData })
        assert.is(sealed.ciphertext, ciphertext)
        assert.is(await peer.open({ ciphertext: sealed.ciphertext, nonce, associatedData }), text)
        const bytes = Buffer.from(ciphertext, 'base64')
        bytes[bytes.length - 1]! ^= 1
        const changed = { ciphertext: bytes.toString('base64'), nonce, associatedData }
        assert.ok(await rejected(peer.open(changed)))
        assert.ok(await rejected(ours.decrypt({ ...changed, associated_data: associatedData })))
      }
    }))
}

test.run()
