import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { rsaPair } from '../../support/keys.ts'
import { looseClient, startWorld } from '../../support/world.ts'

// What the caller sees when the local WeChat Pay refuses a signature, over a socket.
const world = await startWorld()
const { options } = world
const body = { description: 'x', amount: { total: 1 } }

test.after(() => world.sandbox.close())

async function hint(more: object): Promise<string> {
  const client = looseClient({ ...options, ...more })
  const { error } = await client.POST('/v3/pay/transactions/jsapi', { body })
  assert.is(error?.code, 'SIGN_ERROR')
  assert.not.ok('unsettled' in error!)
  return error!.hint!
}

test('a serial that is not that of the merchant', async () => {
  assert.match(
    await hint({ serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A38000' }),
    /^serial is not that of a merchant/,
  )
})

test('a clock that is wrong', async () => {
  assert.match(
    await hint({ clock: () => Date.now() - 3_600_000 }),
    /^The clock of this machine is 3\d{3} s behind/,
  )
  assert.match(
    await hint({ clock: () => Date.now() + 600_000 }),
    /^The clock of this machine is \d{3} s ahead of/,
  )
})

test('a key of another certificate', async () => {
  assert.match(await hint({ privateKey: rsaPair().privateKey }), 'is privateKey the key of this serial')
})

test('a merchant number that is not known', async () => {
  assert.match(await hint({ mchid: '1' }), 'serial and privateKey belong together')
})

test.run()
