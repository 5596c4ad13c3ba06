import { getEventListeners } from 'node:events'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Renewal } from '../../../src/verification/certificate-renewal.ts'

const minute = 60_000
let now = 0
/** Ends each piece of work, in the order in which they were started. */
let ends: { resolve(): void; reject(error: Error): void }[] = []

test.before.each(() => {
  now = 1_000_000
  ends = []
})

function renewal(): Renewal {
  const work = () => new Promise<void>((resolve, reject) => void ends.push({ resolve, reject }))
  return new Renewal(work, () => now)
}

test('it is allowed before the first work, while one is under way, and a minute after one started', async () => {
  const one = renewal()
  assert.ok(one.allowed)
  const running = one.run()
  assert.ok(one.allowed)
  ends[0]!.resolve()
  await running
  assert.not.ok(one.allowed)
  now += minute - 1
  assert.not.ok(one.allowed)
  now += 1
  assert.ok(one.allowed)
})

test('a clock that was set back makes nobody wait', async () => {
  const one = renewal()
  const running = one.run()
  ends[0]!.resolve()
  await running
  now -= 1
  assert.ok(one.allowed)
})

test('work that failed may be run again at once, but does not count as rest', async () => {
  const one = renewal()
  const running = one.run()
  ends[0]!.reject(new Error('no response'))
  const failed = await running.catch((error: Error) => error.message)
  assert.is(failed, 'no response')
  assert.not.ok(one.allowed)
  const again = one.run()
  assert.is(ends.length, 2)
  ends[1]!.resolve()
  await again
})

test('work that is stuck and ends late does not end the one that was started after it', async () => {
  const one = renewal()
  const stuck = one.run()
  now += minute
  const second = one.run()
  assert.is(ends.length, 2)
  ends[0]!.resolve()
  await stuck
  const joined = one.run()
  assert.is(ends.length, 2)
  ends[1]!.resolve()
  await Promise.all([second, joined])
})

test('a caller leaves nothing at its signal, whether it waited, aborted, or was aborted before', async () => {
  const one = renewal()
  const [waiting, aborting, late] = [new AbortController(), new AbortController(), new AbortController()]
  const waited = one.run(waiting.signal)
  const aborted = one.run(aborting.signal).catch((reason: Error) => reason.message)
  assert.is(getEventListeners(aborting.signal, 'abort').length, 1)
  aborting.abort(new Error('enough'))
  assert.is(await aborted, 'enough')
  assert.is(getEventListeners(aborting.signal, 'abort').length, 0)
  ends[0]!.resolve()
  await waited
  await new Promise((resolve) => setImmediate(resolve))
  assert.is(getEventListeners(waiting.signal, 'abort').length, 0)
  late.abort(new Error('before'))
  assert.is(await one.run(late.signal).catch((reason: Error) => reason.message), 'before')
  assert.is(ends.length, 1)
})

test.run()
