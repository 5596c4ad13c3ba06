import { connect } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { SandboxResponse } from '../../sandbox/index.ts'
import { startForMerchant } from './merchant-sandbox.ts'

let fault: ((response: SandboxResponse) => SandboxResponse) | undefined
const { sandbox, hand } = await startForMerchant({ fault: (response) => fault?.(response) ?? response })

test('idle connections stay open, and no limit is announced', async () => {
  const { headers } = await fetch(sandbox.url)
  assert.is(headers.get('Connection'), 'keep-alive')
  assert.is(headers.get('Keep-Alive'), null)
})

test('a fault that throws closes the connection, and the sandbox keeps running', async () => {
  fault = () => {
    throw new Error('close')
  }
  const { status } = await hand.send().catch(() => ({ status: 0 }))
  assert.not.ok(status)
  fault = undefined
  assert.is((await hand.send()).status, 200)
})

test('a port in use rejects', async () => {
  try {
    await startForMerchant({ port: sandbox.port })
    assert.unreachable()
  } catch (error) {
    assert.is((error as NodeJS.ErrnoException).code, 'EADDRINUSE')
  }
})

test('close() ends open connections', async () => {
  const socket = connect(sandbox.port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  const ended = new Promise((resolve) => socket.once('close', resolve))
  await sandbox.close()
  await ended
})

test.run()
