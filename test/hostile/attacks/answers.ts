import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { stranger } from '../../support/keys.ts'
import { type Attack, attack } from '../attack.ts'
import { fuzzedAnswer, startAnswering } from '../fuzzed-answer.ts'
import { clientWith, faulty, merchant, refused } from '../target.ts'

const on = 'answers'
const body = '{"state":"SUCCESS","amount":1}'
const client = clientWith({ retry: false })
const now = () => Math.floor(Date.now() / 1000)

type Given = Parameters<Parameters<typeof faulty.fault>[0]['answer']>[1]

async function forgedOnce(change: (text: string) => string, given: Given = {}): Promise<void> {
  faulty.fault = ({ socket, answer }) => socket.end(change(answer(body, given)))
  await refused(() => client.GET('/v3/unlisted'))
}

/** Each kind of call gets the forged answer. */
async function forged(change: (text: string) => string, given: Given = {}): Promise<void> {
  await forgedOnce(change, given)
  await refused(() => client.GET('/v3/pay/transactions/id/{transaction_id}', path))
  await refused(() => client.POST('/v3/smartguide/guides', { body: {} }))
}
const path = { params: { path: { transaction_id: '1' } } }
const same = (text: string) => text
const names = ['Wechatpay-Timestamp', 'Wechatpay-Nonce', 'Wechatpay-Serial', 'Wechatpay-Signature']
const line = (name: string) => new RegExp(`^${name}: (.*)\r\n`, 'm')
const answering = await startAnswering()

/** Forged and odd answers. Attacks of a kind that is not listed come from the fuzzer, with one seed. */
export const attacks: Attack[] = [
  attack(on, 'unsigned, or signed by somebody else', [0, 1, 2, 3], (kind) =>
    forged(
      same,
      [
        { timestamp: false as const },
        { privateKey: stranger().privateKey },
        { privateKey: merchant.privateKey },
        { serial: 'PUB_KEY_ID_0119000072912026010100000000000002' },
      ][kind],
    ),
  ),
  attack(on, 'signed at another time', [-1e9, -3600, -301, 310, 3600, 1e9, Number.NaN], (shift) =>
    forged(same, { timestamp: now() + shift }),
  ),
  attack(
    on,
    'a character of the body changed',
    Array.from(body, (_, index) => index),
    (index) =>
      forgedOnce((text) => {
        const at = text.length - body.length + index
        return `${text.slice(0, at)}${text[at] === ' ' ? 'x' : ' '}${text.slice(at + 1)}`
      }),
  ),
  attack(on, 'a header of the signature left out', names, (name) =>
    forged((text) => text.replace(line(name), '')),
  ),
  attack(on, 'a header of the signature twice', names, (name) =>
    forged((text) => text.replace(line(name), '$&$&')),
  ),
  attack(on, 'a header of the signature emptied or changed', names, async (name) => {
    await forged((text) => text.replace(line(name), `${name}: \r\n`))
    await forged((text) => text.replace(line(name), `${name}: x$1\r\n`))
  }),
  attack(on, 'success by status alone', ['201 Created', '202 Accepted', '206 Part', '299 Odd'], (status) =>
    forged(same, { status, timestamp: false }),
  ),
  attack(on, 'redirects', ['301 a', '302 b', '303 c', '307 d', '308 e', '300 f'], (status) =>
    forged(same, { status, lines: [`Location: ${faulty.url}/elsewhere`] }),
  ),
  attack(on, 'odd status lines, headers and bodies, by the fuzzer', [1, 2, 3, 4], async (seed) => {
    const property = fc.asyncProperty(fuzzedAnswer, (answer) => answering.check(answer))
    await fc.assert(property, { seed, numRuns: 6 })
  }),
  attack(
    on,
    'prototypes in verified JSON',
    ['{"__proto__":{"polluted":1}}', '{"constructor":{}}'],
    async (text) => {
      faulty.fault = ({ socket, answer }) => socket.end(answer(text))
      const { data } = await client.GET('/v3/unlisted')
      assert.is(JSON.stringify(data), text)
      assert.is(({} as Record<string, unknown>)['polluted'], undefined)
    },
  ),
]

export const close = () => answering.close()
