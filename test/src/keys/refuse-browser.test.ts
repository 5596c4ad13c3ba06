import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isBrowser } from '../../../src/keys/refuse-browser.ts'

const page = { window: { document: {} }, navigator: { userAgent: 'Mozilla/5.0 Chrome/140' } }
const worker = {
  WorkerGlobalScope: class {},
  importScripts() {},
  navigator: { userAgent: 'Mozilla/5.0 Firefox/140' },
}

test('a page and a worker of one are a browser, with the stand-in for process of a bundler too', () => {
  for (const global of [page, worker])
    for (const process of [undefined, {}, { versions: {} }])
      assert.is(isBrowser({ ...global, ...(process && { process }) }), true)
})

test('servers are none, whichever globals of a browser they have', () => {
  const servers: Record<string, object> = {
    Node: {},
    'Node with jsdom, as Jest has it': { ...page, process: { versions: { node: '20.19.0' } } },
    "Electron's main process": { process: { versions: { node: '22.0.0', electron: '36.0.0' } } },
    Bun: { navigator: { userAgent: 'Bun/1.2' }, WorkerGlobalScope: class {}, importScripts() {} },
    Deno: { Deno: {}, navigator: { userAgent: 'Deno/2.0' } },
    'Deno, of version 1': { Deno: {}, window: {} },
    'a worker of Deno': { ...worker, Deno: {} },
    'Cloudflare Workers': { WorkerGlobalScope: class {}, navigator: { userAgent: 'Cloudflare-Workers' } },
    'an edge runtime': { EdgeRuntime: 'edge-runtime' },
  }
  for (const [name, global] of Object.entries(servers)) assert.is(isBrowser(global), false, name)
  assert.is(isBrowser(), false)
})

test('a window that is added to Node, as global-jsdom does, changes nothing', () => {
  Object.assign(globalThis, { window: { document: {} } })
  try {
    assert.is(isBrowser(), false)
  } finally {
    Reflect.deleteProperty(globalThis, 'window')
  }
})

test.run()
