import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { emitDocument, emitWhole } from '../../../codegen/emit/emit.ts'
import { chainNames, prefixOf } from '../../../codegen/openapi/chain-name.ts'
import type { Document, OperationObject, Schema } from '../../../codegen/openapi/document.ts'

function operation(operationId: string, more: Partial<OperationObject> = {}): OperationObject {
  return { operationId, responses: { 204: { description: '' } }, 'x-source': '', ...more }
}

const variable = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } }) as const

function emit(paths: NonNullable<Document['paths']>) {
  const document = { openapi: '3.1.0', info: {}, paths, components: { schemas: {} } } as unknown as Document
  const { files, exports } = emitDocument('x', document)
  const all = [...files, ...emitWhole([exports!], 'wechatpay-fetch/runtime')]
  return (name: string) => all.find(({ path }) => path === name)!.text
}

test('names of the chain', () => {
  assert.equal(chainNames('/v3/pay-devices/{out_id}/video_upload'), [
    'v3',
    'payDevices',
    '_out_id_',
    'video_upload',
  ])
  assert.equal(chainNames('/hk/v3/x/'), ['v3', 'x', '_empty_'])
  assert.is(prefixOf('/hk/v3/x'), '/hk')
  assert.is(prefixOf('/v3/x'), '')
})

test('a path with other variable names on another page can be called by either', () => {
  const file = emit({
    '/v3/x/{id}': {
      get: operation('XIdGet', { parameters: [variable('id')], 'x-path-aliases': ['/v3/x/{code}'] }),
    },
  })
  assert.match(file('x/models.ts'), /interface XIdGetPath \{\s+id: string/)
  assert.match(file('x/models.ts'), /interface XCodeGetPath \{\s+code: string/)
  assert.match(file('x/paths.ts'), "'/v3/x/{code}': XCodeGetInit")
  assert.match(file('x/chain.ts'), '_code_: XCodeNode')
  assert.match(file('x/operations.ts'), "    '  {code} g',\n    '  {id} g',")
})

test('two interfaces never have one name', () => {
  const file = emit({
    '/v3/x/a-b': { get: operation('XAB1Get') },
    '/v3/x/{a_b}': { get: operation('XAB2Get', { parameters: [variable('a_b')] }) },
  })
  assert.match(file('x/chain.ts'), /aB: XABNode\n {2}_a_b_: XABNode2\n/)
  assert.match(file('x/paths.ts'), /'\/v3\/x\/a-b': XABMethods\n {2}'\/v3\/x\/\{a_b\}': XABMethods2\n/)
})

test('a segment with the name of a method of its parent can be called, and walked through', () => {
  const file = emit({
    '/v3/x': { delete: operation('XDelete') },
    '/v3/x/delete': { post: operation('XDeletePost') },
  })
  assert.match(file('x/chain.ts'), /export interface XNode \{\n {2}delete: XDeleteNode\n\}/)
  assert.match(file('x/chain.ts'), '  (options?: XDeleteOptions): Promise<Result<undefined>>\n')
})

test('a segment has the name that the sample gives it', () => {
  const file = emit({ '/v3/x/old-name': { get: operation('XOldNameGet', { 'x-chain': 'v3.x.oldname' }) } })
  assert.match(file('x/chain.ts'), '  oldname: XOldNameNode')
  assert.match(file('x/operations.ts'), "'  old-name=oldname g'")
})

test('a path variable with the name of an option takes its place', () => {
  const file = emit({
    '/v3/x/{signal}': { get: operation('XSignalGet', { parameters: [variable('signal')] }) },
  })
  assert.match(file('x/chain.ts'), 'interface XSignalGetOptions extends models.XSignalGetPath {\n}')
})

test('a deprecated operation says what to call instead', () => {
  const file = emit({
    '/v3/x': {
      get: operation('XGet', { deprecated: true, 'x-sunset': '2021-01-08', 'x-superseded-by': 'GET /v3/y' }),
    },
  })
  for (const name of ['x/paths.ts', 'x/chain.ts'])
    assert.match(file(name), '   * @deprecated 2021-01-08 起已停止维护，请使用 GET /v3/y\n')
})

test('text of a page stays text', () => {
  const evil = "'*/ }; throw 1 /*"
  const file = emit({ [`/v3/x/${evil}`]: { get: operation('XGet', { summary: evil }) } })
  for (const name of ['x/paths.ts', 'x/chain.ts']) {
    assert.not.match(file(name), /^[^*']*\*\/ \};/m)
    assert.match(file(name), "\\'*/ }; throw 1 /*'")
  }
})

test('fields of a notification that are encrypted once more, or JSON text, are in a table by event', () => {
  const resource = (ciphertext: Schema) =>
    operation('ANotification', {
      requestBody: {
        content: {
          'application/json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Notification' },
                {
                  properties: {
                    resource: { properties: { ciphertext: { contentSchema: ciphertext } } },
                  },
                },
              ],
            },
          },
        },
      },
    })
  const secret: Schema = { type: 'string', 'x-encrypted': 'merchant' }
  const names: Schema = { type: 'array', items: { properties: { name: secret } } }
  const document = {
    webhooks: {
      'B.SECRET': { post: resource({ properties: { users: names } }) },
      'A.TEXT': {
        post: resource({ oneOf: [{ properties: { detail: { type: 'string', contentSchema: names } } }] }),
      },
      'C.PLAIN': { post: resource({ properties: { name: { type: 'string' } } }) },
    },
  } as unknown as Document
  const { files } = emitDocument('webhooks', document)
  const table = files.find(({ path }) => path === 'webhooks/notifications.ts')
  assert.match(
    table!.text,
    `    {
      'A.TEXT': { encrypted: ['detail[].name'], json: ['detail'] },
      'B.SECRET': { encrypted: ['users[].name'] },
    },
`,
  )
})

test('no operation at all', () => {
  const file = emit({})
  assert.match(file('x/operations.ts'), '  lines: [\n  ],\n')
  assert.match(file('chain.ts'), 'export interface ChainPaths {}')
  assert.match(file('client.ts'), 'export interface PathClient {}')
})

test.run()
