import { inspect } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pathClient } from '../../../src/index.ts'
import { thrownBy } from '../../support/thrown.ts'

const calls: unknown[][] = []
const client = {
  POST: async (...call: unknown[]) => {
    calls.push(call)
    return {}
  },
}
const paths = pathClient(client as never)
const init = { params: { path: { guide_id: '1' } }, body: { out_trade_no: '2' } }

test('a call is the one of the client', async () => {
  await paths['/v3/smartguide/guides/{guide_id}/assign'].POST(init)
  await paths['/v3/smartguide/guides/<guide_id>/assign'].POST(init)
  assert.equal(calls, [
    ['/v3/smartguide/guides/{guide_id}/assign', init],
    ['/v3/smartguide/guides/<guide_id>/assign', init],
  ])
})

test('a path is always the same object', () => {
  assert.is(paths['/v3/smartguide/guides'], paths['/v3/smartguide/guides'])
  assert.equal(Object.keys(paths['/v3/smartguide/guides']), ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
})

test('a path without its slash', async () => {
  const error = await thrownBy(() => (paths as never)['v3/smartguide/guides'])
  assert.is(error.code, 'ERR_OPERATION_UNKNOWN')
  assert.is(
    error.message,
    'v3/smartguide/guides is not a path. Write it with a slash before it: /v3/smartguide/guides',
  )
})

test('it is no promise, and can be printed and serialised', async () => {
  assert.is(await paths, paths)
  assert.type(inspect(paths, { showHidden: true, getters: true, depth: 9 }), 'string')
  assert.type(JSON.stringify(paths), 'string')
  assert.is((paths as never)['nodeType'], undefined)
  assert.is((paths as never)['toJSON'], undefined)
})

test.run()
