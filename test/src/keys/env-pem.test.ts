import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient, importPrivateKey, importPublicKey } from '../../../src/index.ts'
import { certified } from '../../support/certificate.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

// What becomes of a key in an environment variable.
const pair = rsaPair()
const { certificate } = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1', pair)
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Ways in which a file becomes one line, or a few. */
const ways: Record<string, (pem: string) => string> = {
  'as it is': (pem) => pem,
  '\\n': (pem) => pem.replaceAll('\n', '\\n'),
  '\\n escaped twice': (pem) => pem.replaceAll('\n', '\\\\n'),
  '\\n escaped three times': (pem) => pem.replaceAll('\n', '\\\\\\\\n'),
  '\\r\\n escaped twice': (pem) => pem.replaceAll('\n', '\\\\r\\\\n'),
  'as a JSON string': (pem) => JSON.stringify(pem),
  'base64 once more': base64,
  'base64 once more, in lines of 76': (pem) => base64(pem).replace(/.{76}/g, '$&\n'),
  'base64 once more, in quotation marks': (pem) => `"${base64(pem)}"`,
  'base64 once more, with its lines escaped': (pem) => base64(pem).replace(/.{76}/g, '$&\\n'),
  'base64 once more, of escaped lines': (pem) => base64(pem.replaceAll('\n', '\\n')),
  'base64 once more, with a byte order mark': (pem) => base64(pem.replaceAll('\n', '\r\n')),
}

for (const [way, written] of Object.entries(ways)) {
  test(`a key ${way}`, async () => {
    assert.is((await importPrivateKey(written(pair.privateKey))).type, 'private')
    assert.is((await importPublicKey(written(pair.publicKey))).type, 'public')
    assert.is((await importPublicKey(written(certificate))).type, 'public')
  })
}

test('base64 of something else stays what it is: a key without its BEGIN and END lines', async () => {
  const bare = pair.privateKey.replace(/-----.*-----/g, '')
  for (const text of [bare, base64('apiclient_key'), base64(bare)])
    assert.match((await thrownBy(() => importPrivateKey(text))).message, 'has no BEGIN and END lines')
  const wrong = await thrownBy(() => importPrivateKey(base64(pair.publicKey)))
  assert.is(wrong.code, 'ERR_KEY_IS_PUBLIC')
})

test('a key that is missing is missing, not text of a wrong kind', async () => {
  const platform = { PUB_KEY_ID_1: pair.publicKey }
  const options = { mchid: '1', serial: '0123456789', privateKey: pair.privateKey, platform }
  for (const absent of [undefined, null]) {
    const error = await thrownBy(() => createClient({ ...options, privateKey: absent as never }))
    assert.match(error.message, /^privateKey is missing; it must be .* Is the environment variable set/)
    const other = await thrownBy(() =>
      createClient({ ...options, platform: { PUB_KEY_ID_1: absent as never } }),
    )
    assert.match(other.message, /^platform\['PUB_KEY_ID_1'\] is missing; it must be/)
  }
  assert.match(
    (await thrownBy(() => createClient({ ...options, privateKey: 5 as never }))).message,
    'is not a string',
  )
})

const index = fileURLToPath(new URL('../../../src/index.ts', import.meta.url))

for (const [name, removal] of Object.entries({
  'no crypto at all': 'delete globalThis.crypto',
  'a page over plain http':
    "Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues() {} } })",
})) {
  // In a process of its own, as a test must not take crypto from others.
  test(`${name}: the runtime is named, not the key`, () => {
    const program = `
      ${removal}
      const { importPrivateKey, importPublicKey, createClient } = await import(${JSON.stringify(index)})
      const { PRIVATE, PUBLIC } = process.env
      const client = createClient({ mchid: '1', serial: '0123456789', privateKey: PRIVATE, platform: { PUB_KEY_ID_1: PUBLIC } })
      const tries = [() => importPrivateKey(PRIVATE), () => importPublicKey(PUBLIC), () => client.GET('/v3/certificates')]
      for (const one of tries) await one().catch(({ code, message }) => console.log(code, message))`
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', program],
      {
        encoding: 'utf8',
        timeout: 30_000,
        env: { ...process.env, PRIVATE: pair.privateKey, PUBLIC: pair.publicKey },
      },
    )
    const lines = stdout.trim().split('\n')
    assert.is(lines.length, 3, stderr)
    for (const line of lines)
      assert.match(line, /^ERR_CONFIG_RUNTIME .*this runtime has no WebCrypto, .* over https/)
  })
}

test.run()
