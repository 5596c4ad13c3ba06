import { constants, publicEncrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import type { Places } from '../../../src/operations/traits.ts'
import { createNotifications } from '../../../src/webhooks/index.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { notify } from '../../support/notification.ts'
import { thrownBy } from '../../support/thrown.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const merchant = rsaPair()
const pair = rsaPair()
const options = { platform: { PUB_KEY_ID_0119: pair.publicKey }, apiV3Key }
const notifications = createNotifications(options)
const made = (event: string, resource: object) =>
  notify({ serial: 'PUB_KEY_ID_0119', privateKey: pair.privateKey, apiV3Key }, { event, resource })

test('fields that are encrypted again are decrypted with the private key', async () => {
  const oaep = { key: merchant.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
  const secret = (text: string) => publicEncrypt(oaep, Buffer.from(text)).toString('base64')
  const card = {
    brand_id: '1',
    phone_number: secret('13800000000'),
    user_information: {
      common_field_list: [{ name: 'USER_FORM_FLAG_NAME', value: secret('张三') }],
      custom_field_list: [{ name: 'likes', user_chosen_values: [secret('tea'), secret('coffee')] }],
    },
  }
  const message = made('BRAND_MEMBER_CARD_SP.USER_CARD.CREATE', card)
  const opened = await createNotifications({ ...options, privateKey: merchant.privateKey }).receive(message)
  assert.equal(opened.resource, {
    brand_id: '1',
    phone_number: '13800000000',
    user_information: {
      common_field_list: [{ name: 'USER_FORM_FLAG_NAME', value: '张三' }],
      custom_field_list: [{ name: 'likes', user_chosen_values: ['tea', 'coffee'] }],
    },
  })
  const error = await thrownBy(() => notifications.receive(message))
  assert.is(error.code, 'ERR_DECRYPT_KEY')
  assert.match(error.message, /BRAND_MEMBER_CARD_SP.*phone_number.*privateKey/)
  const wrong = createNotifications({ ...options, privateKey: stranger().privateKey })
  assert.is((await thrownBy(() => wrong.receive(message))).code, 'ERR_DECRYPT')
})

test('embedded JSON is parsed', async () => {
  const given = { passthrough_response_content: '{"payAuthNo":"1"}', passthrough_request_content: 'not JSON' }
  const { resource } = await notifications.receive(made('MEDICAL_INSURANCE.SUCCESS', given))
  assert.equal(resource, {
    passthrough_response_content: { payAuthNo: '1' },
    passthrough_request_content: 'not JSON',
  })
})

test('the generated table has all such fields of the spec, and no others', () => {
  const spec = parse(readFileSync(new URL('../../../spec/webhooks.yaml', import.meta.url), 'utf8'))
  const found: Record<string, Places> = {}
  for (const [event, { post }] of Object.entries<{ post: SpecOperation }>(spec.webhooks)) {
    const { resource } = post.requestBody.content['application/json'].schema.allOf[1].properties
    const encrypted: string[] = []
    const json: string[] = []
    walk(resource.properties.ciphertext.contentSchema, '', encrypted, json)
    if (encrypted.length + json.length === 0) continue
    found[event] = { ...(encrypted.length > 0 && { encrypted }), ...(json.length > 0 && { json }) }
  }
  const written = readFileSync(
    new URL('../../../generated/webhooks/notifications.ts', import.meta.url),
    'utf8',
  )
  const rows = written.matchAll(/^ {6}'(.+)': (\{.*\}),$/gm)
  const table = Object.fromEntries(Array.from(rows, ([, event, places]) => [event, parse(places!)]))
  assert.equal(table, found)
})

test('the entry loads the table of notifications, not that of operations', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../../../src/webhooks/index.ts', import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    treeShaking: false,
  })
  const tables = Object.keys(metafile.inputs).filter((name) => name.includes('generated/'))
  assert.equal(tables.map((name) => name.slice(name.indexOf('generated/'))).sort(), [
    'generated/runtime.ts',
    'generated/webhooks/notifications.ts',
  ])
})

// biome-ignore lint/suspicious/noExplicitAny: any YAML value
type SpecOperation = any

function walk(schema: SpecOperation, at: string, encrypted: string[], json: string[]): void {
  if (schema['x-encrypted']) encrypted.push(at)
  if (schema.contentSchema) json.push(at)
  const below: [string, SpecOperation][] = Object.entries(schema.properties ?? {})
  for (const [name, one] of below) walk(one, at ? `${at}.${name}` : name, encrypted, json)
  if (schema.items) walk(schema.items, `${at}[]`, encrypted, json)
  for (const one of [schema.contentSchema, ...(schema.oneOf ?? [])]) if (one) walk(one, at, encrypted, json)
}

test.run()
