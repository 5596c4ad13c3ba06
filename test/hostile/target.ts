import { sign } from 'node:crypto'
import * as assert from 'uvu/assert'
import { type ClientOptions, WechatpayError } from '../../src/index.ts'
import { type Faulty, startFaulty } from '../support/faulty.ts'
import { lastingPair } from '../support/keys.ts'
import { type LooseClient, looseClient, mchid, platformSerial, serial } from '../support/world.ts'

export const merchant = lastingPair()
export const platform = lastingPair()

/** A WeChat Pay on a raw socket. Each try sets its `fault` first. */
export const faulty: Faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })

/** A client of it, which retries at once. */
export function clientWith(more: object = {}): LooseClient {
  return looseClient({
    mchid,
    serial,
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    baseUrl: faulty.url,
    retry: { minDelay: 1, maxDelay: 2 },
    ...more,
  } as ClientOptions)
}

/** Asserts that a call, or what reads its result, ends with an error of ours whose code matches. */
export async function refused(call: () => unknown, code = /^ERR_RESPONSE_/): Promise<void> {
  const outcome = await Promise.resolve()
    .then(call)
    .catch((thrown: unknown) => thrown)
  assert.instance(outcome, WechatpayError, JSON.stringify(outcome))
  assert.match((outcome as WechatpayError).code, code)
}

/** A signed response, and the same with a body that is not what was signed. */
export function responses(body: string): { honest: Response; tampered: Response } {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const message = Buffer.from(`${timestamp}\nnonce\n${body}\n`)
  const headers = new Headers([
    ['Content-Type', 'application/json'],
    ['Wechatpay-Serial', platformSerial],
    ['Wechatpay-Timestamp', timestamp],
    ['Wechatpay-Nonce', 'nonce'],
    ['Wechatpay-Signature', sign('sha256', message, platform.privateKey).toString('base64')],
  ])
  const init = Object.assign(Object.create(null), { status: 200, headers })
  return { honest: new Response(body, init), tampered: new Response(body.replace('{', '{ '), init) }
}
