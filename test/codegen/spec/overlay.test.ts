import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Document } from '../../../codegen/openapi/document.ts'
import { type ApplyOptions, applyOverlays } from '../../../codegen/spec/overlay.ts'
import { readOverlay } from '../../../codegen/spec/overlay-read.ts'

/** A small document: one response with two fields. */
const shop = () => ({
  openapi: '3.1.0',
  paths: {
    '/v3/a/{id}': {
      get: {
        responses: {
          '200': {
            schema: {
              type: 'object',
              required: ['id', 'limit'],
              properties: {
                id: { type: 'string', description: '单号' },
                limit: { type: 'string', enum: ['A', 'B'] },
              },
            },
          },
        },
        parameters: [{ name: 'id' }, { name: 'old' }, { name: 'other', old: true }],
        'x-mode': 'direct',
      },
    },
    '/v3/b': { get: { responses: { '200': { schema: { type: 'object' } } } } },
  },
})

const schema = `$.paths['/v3/a/{id}'].get.responses['200'].schema`

/** Applies actions, each written as YAML below `- `, to a fresh shop. */
function correct(actions: string[], options: ApplyOptions = {}) {
  const text = `overlay: 1.0.0
info: { title: test, version: 1.0.0 }
extends: ../shop.yaml
actions:
${actions.map((action) => `  - ${action.replaceAll('\n', '\n    ')}`).join('\n')}
`
  const { overlays, findings: broken } = readOverlay('overlays/test.yaml', text)
  assert.equal(broken, [])
  const given = shop()
  const documents = new Map([['shop', given as unknown as Document]])
  const findings = applyOverlays(documents, overlays, options)
  assert.equal(given, shop(), 'the given document stays as it is')
  return { shop: documents.get('shop') as unknown as ReturnType<typeof shop>, findings }
}

const rules = ({ findings }: ReturnType<typeof correct>) => findings.map(({ rule }) => rule)

const corrected = (result: ReturnType<typeof correct>) =>
  result.shop.paths['/v3/a/{id}'].get.responses['200'].schema

test('an update merges objects, adds new members at the end, and replaces single values', () => {
  const result = correct([
    `target: ${schema}
description: evidence
update: { x-new: 1, properties: { more: { type: integer }, limit: { x-unit: fen, type: integer } } }`,
  ])
  assert.equal(rules(result), [])
  assert.equal(Object.keys(corrected(result)), ['type', 'required', 'properties', 'x-new'])
  assert.equal(Object.keys(corrected(result).properties), ['id', 'limit', 'more'])
  assert.equal(corrected(result).properties.limit, {
    type: 'integer',
    enum: ['A', 'B'],
    'x-unit': 'fen',
  } as never)
  assert.equal(corrected(result).properties.id, { type: 'string', description: '单号' })
})

test('lists are concatenated, and a list can be updated with a single entry', () => {
  const result = correct([
    `target: ${schema}\ndescription: evidence\nupdate: { properties: { limit: { enum: [C] } } }`,
    `target: ${schema}.required\ndescription: evidence\nupdate: [more, most]`,
    `target: $.paths['/v3/a/{id}'].get.parameters\ndescription: evidence\nupdate: { name: new }`,
  ])
  assert.equal(rules(result), [])
  assert.equal(corrected(result).properties.limit.enum, ['A', 'B', 'C'])
  assert.equal(corrected(result).required, ['id', 'limit', 'more', 'most'])
  assert.equal(result.shop.paths['/v3/a/{id}'].get.parameters.at(-1)!, { name: 'new' })
})

test('a list is replaced by removing it first, and keeps its place', () => {
  const result = correct([
    `target: ${schema}.required\ndescription: evidence\nremove: true`,
    `target: ${schema}\ndescription: evidence\nupdate: { required: [id] }`,
  ])
  assert.equal(rules(result), [])
  assert.equal(corrected(result).required, ['id'])
  assert.equal(Object.keys(corrected(result)), ['type', 'required', 'properties'])
})

test('removes members, and entries of a list by what they hold', () => {
  const result = correct([
    `target: ${schema}.properties['id', 'limit']\ndescription: evidence\nremove: true`,
    `target: $..parameters[?@.name == 'old' || @.old == true]\ndescription: evidence\nremove: true`,
  ])
  assert.equal(rules(result), [])
  assert.equal(corrected(result).properties as object, {})
  assert.equal(result.shop.paths['/v3/a/{id}'].get.parameters, [{ name: 'id' }])
})

test('a wildcard selects many nodes, each of which must change', () => {
  const target = `$.paths.*.get.responses['200'].schema`
  const both = correct([`target: ${target}\ndescription: evidence\nupdate: { x-seen: true }`])
  assert.equal(rules(both), [])
  const one = correct([`target: ${target}\ndescription: evidence\nupdate: { required: [limit] }`])
  assert.equal(rules(one), ['overlay-unchanged'])
  assert.match(one.findings[0]!.message, /\$\['paths'\]\['\/v3\/a\/\{id\}'\]/)
})

test('an action can change what an earlier one added', () => {
  const result = correct([
    `target: $.paths\ndescription: evidence\nupdate: { /v3/c: { get: { x-mode: direct } } }`,
    `target: $.paths['/v3/c'].get\ndescription: evidence\nupdate: { x-mode: both }`,
  ])
  assert.equal(rules(result), [])
  assert.equal(Object.keys(result.shop.paths), ['/v3/a/{id}', '/v3/b', '/v3/c'])
  assert.equal((result.shop.paths as never as Record<string, object>)['/v3/c'], { get: { 'x-mode': 'both' } })
})

test('a missing target is reported with file, line, column and advice', () => {
  const { findings } = correct([
    `target: $.paths['/v3/b'].get\ndescription: evidence\nupdate: { x-mode: both }`,
    `target: $.paths['/v3/c'].get\ndescription: evidence\nupdate: { x-mode: both }`,
  ])
  assert.equal(findings, [
    {
      file: 'overlays/test.yaml',
      line: 8,
      column: 5,
      rule: 'overlay-unmatched',
      severity: 'error',
      message:
        "$['paths']['/v3/c']['get'] is not in shop.yaml: read the page, then correct the target or delete the action",
    },
  ])
})

test('each name in a list must be there', () => {
  const result = correct([
    `target: ${schema}.properties['id', 'gone', 'lost']\ndescription: evidence\nremove: true`,
  ])
  assert.equal(rules(result), ['overlay-unmatched', 'overlay-unmatched'])
  assert.equal(Object.keys(corrected(result).properties), ['limit'])
})

test('a query that finds nothing is reported as it is written', () => {
  const result = correct([`target: $..[?@.name == 'x']\ndescription: evidence\nremove: true`])
  assert.equal(rules(result), ['overlay-unmatched'])
  assert.ok(result.findings[0]!.message.startsWith("$..[?@.name == 'x'] is not in shop.yaml"))
})

test('a missing target is not a finding when only a part of the documents was compiled', () => {
  const action = `target: $.paths['/v3/c'].get\ndescription: evidence\nupdate: { x-mode: both }`
  assert.equal(rules(correct([action], { partial: true })), [])
})

test('an update that changes nothing is reported', () => {
  const result = correct([
    `target: ${schema}
description: evidence
update: { required: [limit], properties: { id: { description: 单号 }, limit: { enum: [B] } } }`,
  ])
  assert.equal(rules(result), ['overlay-unchanged'])
  assert.equal(result.shop as object, shop(), 'and no value is added twice')
})

test('a member that is removed and added again unchanged is reported at the removal', () => {
  const result = correct([
    `target: ${schema}.properties.limit.enum\ndescription: evidence\nremove: true`,
    `target: ${schema}.properties.limit\ndescription: evidence\nupdate: { enum: [A, B] }`,
  ])
  assert.equal(
    result.findings.map(({ rule, line }) => [rule, line]),
    [['overlay-unchanged', 5]],
  )
})

test('an object, a list and a single value do not merge, and nothing of that update is applied', () => {
  const result = correct([
    `target: ${schema}\ndescription: evidence\nupdate: { x-new: 1, properties: { id: [1] } }`,
    `target: ${schema}\ndescription: evidence\nupdate: { required: { id: true } }`,
    `target: ${schema}\ndescription: evidence\nupdate: text`,
  ])
  assert.equal(rules(result), ['overlay-incompatible', 'overlay-incompatible', 'overlay-incompatible'])
  assert.match(result.findings[0]!.message, /\['properties'\]\['id'\]/)
  assert.equal(result.shop as object, shop())
})

test('single values are replaced and removed', () => {
  const result = correct([
    `target: $.paths['/v3/a/{id}'].get['x-mode']\ndescription: evidence\nupdate: both`,
    `target: ${schema}.required[?@ == 'id']\ndescription: evidence\nremove: true`,
  ])
  assert.equal(rules(result), [])
  const shop = result.shop as unknown as Document
  assert.equal(shop.paths!['/v3/a/{id}']!.get!['x-mode'], 'both')
  assert.not.ok(JSON.stringify(shop).includes('"required":["id"'))
})

test('each value of a list that a target names must be there', () => {
  const result = correct([
    `target: ${schema}.required[?@ == 'id', ?@ == 'gone']\ndescription: evidence\nremove: true`,
  ])
  assert.equal(rules(result), ['overlay-unmatched'])
  assert.match(result.findings[0]!.message, /\['required'\]\[\?@ == 'gone'\]/)
})

test('the document itself cannot be removed, nor become a single value', () => {
  const result = correct([
    `target: $\ndescription: evidence\nremove: true`,
    `target: $\ndescription: evidence\nupdate: text`,
  ])
  assert.equal(rules(result), ['overlay-target', 'overlay-incompatible'])
  assert.equal(result.shop as object, shop())
})

test('the document itself can be updated', () => {
  const result = correct([`target: $\ndescription: evidence\nupdate: { info: { title: shop } }`])
  assert.equal(rules(result), [])
  assert.equal((result.shop as unknown as Document).info.title, 'shop')
})

test('an overlay of a document that was not compiled is skipped', () => {
  const text = `{ overlay: 1.0.0, info: { title: t, version: '1' }, extends: ../pay.yaml,
    actions: [{ target: $.paths, description: evidence, remove: true }] }`
  const { overlays } = readOverlay('overlays/pay.yaml', text)
  const documents = new Map([['shop', shop() as unknown as Document]])
  assert.equal(applyOverlays(documents, overlays), [])
  assert.equal(documents.get('shop') as object, shop())
})

test('an object that a document has at two places is changed at the target only', () => {
  const shared = { url: 'https://api.mch.weixin.qq.com' }
  const document = { servers: [shared], paths: { '/v3/a': { get: { servers: [shared] } } } }
  const text = `{ overlay: 1.0.0, info: { title: t, version: '1' }, extends: shop.yaml,
    actions: [{ target: "$.servers[0]", description: evidence, update: { description: 主域名 } }] }`
  const { overlays } = readOverlay('overlays/shop.yaml', text)
  const documents = new Map([['shop', document as unknown as Document]])
  assert.equal(applyOverlays(documents, overlays), [])
  assert.equal(documents.get('shop') as object, {
    servers: [{ ...shared, description: '主域名' }],
    paths: { '/v3/a': { get: { servers: [shared] } } },
  })
})

test('an action made by hand cannot reach a prototype', () => {
  const documents = new Map([['shop', shop() as unknown as Document]])
  const update = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
  applyOverlays(documents, [
    {
      file: 'overlays/test.yaml',
      title: 'test',
      document: 'shop',
      actions: [
        { line: 1, column: 1, description: 'evidence', target: { text: '$', choices: [] }, update },
        {
          line: 2,
          column: 1,
          description: 'evidence',
          target: { text: '$.__proto__', choices: [['__proto__']] },
          update: { more: 1 },
        },
      ],
    },
  ])
  assert.is(({} as Record<string, unknown>)['polluted'], undefined)
  assert.is(({} as Record<string, unknown>)['more'], undefined)
  const document = documents.get('shop')!
  assert.is(Object.getPrototypeOf(document), Object.prototype)
  assert.equal(Object.keys(document), ['openapi', 'paths', '__proto__', 'constructor'])
})

test.run()
