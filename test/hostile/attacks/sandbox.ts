import * as assert from 'uvu/assert'
import { HandSigned, type Sent } from '../../support/hand-signed.ts'
import { stranger } from '../../support/keys.ts'
import { mchid, serial, startWorld } from '../../support/world.ts'
import { type Attack, attack } from '../attack.ts'

const on = 'the sandbox'
const { sandbox, merchant } = await startWorld()
const { privateKey } = merchant
const hand = new HandSigned(sandbox, { id: ['mchid', mchid], serial, privateKey })
const target = '/v3/pay/transactions/jsapi'
const body = '{"description":"a","amount":{"total":1}}'
const post: Sent = { method: 'POST', target, body }

/** The sandbox must say what is wrong: neither accept it, nor fail. */
async function malformed(sent: Sent): Promise<void> {
  const { status } = await hand.send({ ...post, ...sent })
  assert.ok(status >= 400 && status < 500, `HTTP ${status}: ${JSON.stringify(sent)}`)
}

const authorizations: ((header: string) => string)[] = [
  () => '',
  () => 'Basic YTpi',
  (header) => header.toLowerCase(),
  (header) => header.slice(0, 60),
  (header) => header.replaceAll('"', ''),
  (header) => header.replace(/signature="[^"]*"/, 'signature=""'),
  (header) => header.replace(/signature="/, 'signature="A'),
  (header) => header.replace(mchid, '1900007292'),
  (header) => header.replace(serial, '0'.repeat(40)),
  (header) => header.replace(/timestamp="\d+"/, 'timestamp="1e9"'),
]

const signed: Sent['signed'][] = [
  { method: 'GET' },
  { target: '/v3/pay/transactions/app' },
  { body: body.replace('1', '2') },
  { body: `${body}\n` },
  { key: stranger().privateKey },
  { timestamp: '0' },
  { timestamp: String(Math.floor(Date.now() / 1000) - 3600) },
  { timestamp: '' },
]

const texts = [
  '{',
  '[]',
  'null',
  '""',
  '0',
  'x',
  '{"a":1}',
  '{"__proto__":1}',
  '\0',
  '['.repeat(20_000),
  '{"amount":{}}',
]
const targets = [
  '/v3/%',
  '/v3/../v3/x',
  '//',
  '/v3/pay/transactions/jsapi/',
  '/V3/pay/transactions/jsapi',
  '/%00',
  '/?',
  '*',
]
const headers: Record<string, string | undefined>[] = [
  { 'Content-Type': 'text/plain' },
  { Accept: undefined },
  { 'User-Agent': undefined },
  { Authorization: undefined },
  { 'Wechatpay-Serial': '0' },
]

/** Requests that were made by hand. */
export const attacks: Attack[] = [
  attack(on, 'an Authorization in disorder', authorizations, (authorization) => malformed({ authorization })),
  attack(on, 'a signature for something else', signed, (part) => malformed({ signed: part! })),
  attack(on, 'a body that is no payment', texts, (text) => malformed({ body: text })),
  attack(on, 'a target that leads nowhere', targets, (one) => malformed({ target: one })),
  attack(on, 'headers left out or wrong', headers, (one) => malformed({ headers: one })),
]

export const close = () => sandbox.close()
