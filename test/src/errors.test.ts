import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import * as ours from '../../src/errors.ts'
import { download, platformKeys } from '../../src/public.ts'

/** The package once more, as a bundle has it, in the same realm or in another. */
const { outputFiles } = await build({
  stdin: {
    contents: `export * from './src/errors.ts'; export { createClient } from './generated/pay/client.ts'`,
    resolveDir: new URL('../../', import.meta.url).pathname,
  },
  bundle: true,
  write: false,
  minify: true,
  format: 'iife',
  globalName: 'copy',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['node', 'import'],
})
const code = `${outputFiles[0]!.text}; copy`

type Copy = typeof ours & { createClient(options: object): object }

const realms: Record<string, Copy> = {
  'the same realm': new Function(`${outputFiles[0]!.text}; return copy`)(),
  // As in Jest, with an Error of its own.
  'another realm': runInContext(
    code,
    createContext({
      crypto,
      Headers,
      URL,
      Request,
      Response,
      TextEncoder,
      TextDecoder,
      fetch,
      AbortController,
    }),
  ),
}

const classes = Object.entries(ours).filter(([name]) => name.endsWith('Error')) as [
  keyof typeof ours,
  typeof ours.KeyError,
][]

/** A ResponseError is made of an error of the API, the others of a code and a text. */
function instanceOf(Class: typeof ours.KeyError): Error {
  return new Class(Object.assign('ERR_KEY_SIZE', { status: 400 }) as never, '')
}

for (const [realm, copy] of Object.entries(realms)) {
  test(`instanceof holds for the errors of another copy of the package, in ${realm}`, () => {
    assert.is(classes.length, 11)
    for (const [name, Class] of classes) {
      const theirs = copy[name] as typeof Class
      assert.is.not(Class, theirs)
      for (const [there, Other] of classes) {
        const expected = name === there || there === 'WechatpayError'
        assert.is(instanceOf(theirs) instanceof Other, expected, `${name} of the copy is ${there}`)
        const Back = copy[there] as typeof Class
        assert.is(instanceOf(Class) instanceof Back, expected, `${name} is ${there} of the copy`)
        assert.is(instanceOf(Class) instanceof Other, expected, `${name} is ${there}`)
      }
    }
  })

  test(`so it does for an app's own subclass of one, in ${realm}`, () => {
    class Own extends ours.NetworkError {}
    class Theirs extends copy.NetworkError {}
    assert.ok(new Own('ERR_NETWORK', '') instanceof copy.NetworkError)
    assert.ok(new Own('ERR_NETWORK', '') instanceof copy.WechatpayError)
    assert.ok(new Own('ERR_NETWORK', '') instanceof Own)
    assert.not(new Own('ERR_NETWORK', '') instanceof Theirs)
    assert.not(new Theirs('ERR_NETWORK', '') instanceof Own)
    assert.not(new ours.NetworkError('ERR_NETWORK', '') instanceof Own)
    assert.not(new copy.NetworkError('ERR_NETWORK', '') instanceof Own)
    assert.not(new Own('ERR_NETWORK', '') instanceof copy.KeyError)
  })

  test(`a client of another copy is named, in ${realm}`, async () => {
    const client = copy.createClient({
      mchid: '1900000109',
      serial: '7777777777777777777777777777777777777777',
      privateKey: { sign: async () => '' },
      certificates: 'auto',
      apiV3Key: '0'.repeat(32),
    })
    const thrown = await download(client, 'https://api.mch.weixin.qq.com/v3/billdownload/file').catch(
      (error) => error,
    )
    assert.instance(thrown, ours.ConfigError)
    assert.match(thrown.message, 'made by another copy of wechatpay-fetch. Import all of it from one copy')
    assert.throws(() => platformKeys(client), /another copy/)
  })
}

test('what only looks like an error of the package is none', () => {
  const real = new ours.KeyError('ERR_KEY_SIZE', 'wrong')
  const alike = Object.assign(new Error(real.message), { name: 'KeyError', code: real.code })
  const named = { KeyError: class KeyError extends Error {} }.KeyError
  for (const one of [
    alike,
    { ...real },
    new named('x'),
    Object.create({ name: 'KeyError' }),
    'KeyError',
    null,
    1,
  ]) {
    assert.not(one instanceof ours.KeyError)
    assert.not(one instanceof ours.WechatpayError)
  }
  assert.not(structuredClone(real) instanceof ours.KeyError)
  assert.throws(() => platformKeys({}), /not made by createClient/)
})

test('the mark does not show', () => {
  assert.equal(Object.keys(new ours.KeyError('ERR_KEY_SIZE', 'wrong')), ['name', 'code'])
  assert.equal(Object.getOwnPropertySymbols(new ours.KeyError('ERR_KEY_SIZE', 'wrong')), [])
})

test('a class has its name in a bundle that keeps names, which Node prints', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/errors.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'copy',
  })
  const copy = new Function(`${outputFiles[0]!.text}; return copy`)() as typeof ours
  for (const [name, value] of Object.entries(copy)) assert.is(value.name, name)
})

test.run()
