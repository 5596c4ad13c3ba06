import { inspect } from 'node:util'
import * as assert from 'uvu/assert'
import { WechatpayError } from '../../src/index.ts'

/** The error that something throws or rejects with; fails when there is none, or one without a name. */
export async function thrownBy(action: () => unknown): Promise<WechatpayError> {
  let result: unknown
  try {
    result = await action()
  } catch (error) {
    if (error instanceof WechatpayError) return error
    throw error
  }
  assert.unreachable(`nothing thrown, but ${inspect(result)}`)
  throw new Error('unreachable')
}

/** Everything that an error could print, stacks and hidden properties too. */
export function printed(error: unknown): string {
  return inspect(error, { depth: 10, showHidden: true })
}
