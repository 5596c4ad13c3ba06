import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Document, OperationObject } from '../../../codegen/openapi/document.ts'
import { labelOf, operationsOf } from '../../../codegen/openapi/operations.ts'
import { deriveBrands } from '../../../codegen/spec/derive-brands.ts'
import { toYaml } from '../../../codegen/spec/yaml.ts'

// Pages that change, as documents of a few operations. brand-mode.test.ts is about the whole.

const store = '/v3/brand/partner/store/brandstores'

function operation(method: string, path: string, more: Partial<OperationObject> = {}): OperationObject {
  return {
    operationId: `${method} ${path}`,
    responses: { 204: { description: '' } },
    'x-source': `openapi${path}.md#${method}`,
    'x-mode': 'partner',
    ...more,
  }
}

function documentOf(...labels: [method: 'get' | 'post' | 'patch' | 'delete', path: string][]): Document {
  const paths: NonNullable<Document['paths']> = {}
  for (const [method, path] of labels) paths[path] = { ...paths[path], [method]: operation(method, path) }
  return {
    openapi: '3.1.0',
    info: { title: 'brand', version: 'v3', license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: { schemas: {} },
  }
}

function derive(document: Document, partial = false) {
  const documents = new Map([['brand', document]])
  const before = JSON.stringify(document)
  const findings = deriveBrands(documents, partial)
  assert.is(JSON.stringify(document), before, 'the partner’s document stays as it is')
  const derived = documents.get('brand-mode')
  return {
    labels: derived && operationsOf(derived).map(labelOf),
    findings: findings.map(({ file, rule, severity, message }) => `${file} ${rule} ${severity} ${message}`),
    derived,
  }
}

const all: Parameters<typeof documentOf> = [
  ['get', store],
  ['post', store],
  ['delete', `${store}/{store_id}`],
  ['get', `${store}/{store_id}`],
  ['patch', `${store}/{store_id}`],
  ['post', `${store}/{store_id}/bindrecipient`],
  ['post', `${store}/{store_id}/close`],
  ['post', `${store}/{store_id}/resume`],
  ['post', `${store}/{store_id}/unbindrecipient`],
]

test('pages without the partner’s operations give nothing, and nothing is missing', () => {
  const { labels, findings } = derive(documentOf(['get', '/v3/pay/x'], ['post', `${store}/import`]))
  assert.equal([labels, findings], [undefined, []])
})

test('pages with a few of them give those, and nothing is missing', () => {
  const { labels, findings } = derive(documentOf(...all.slice(0, 2)))
  assert.equal(labels, ['GET /brand/store/brandstores', 'POST /brand/store/brandstores'])
  assert.equal(findings, [])
})

test('where most are there, one that is gone is an error that names both paths', () => {
  const { labels, findings } = derive(documentOf(...all.slice(0, -1)))
  assert.is(labels?.length, 8)
  assert.is(findings.length, 1)
  assert.match(
    findings[0]!,
    /^brand-mode\.yaml twin-missing error no page documents POST \/v3\/brand\/partner\/store\/brandstores\/\{\}\/unbindrecipient, and POST \/brand\/store\/brandstores\/\{\}\/unbindrecipient is made of it/,
  )
  assert.match(findings[0]!, /codegen\/spec\/brand-twins\.ts/)
  assert.equal(derive(documentOf(...all.slice(0, -1)), true).findings, [])
  assert.equal(derive(documentOf(...all)).findings, [])
})

test('one whose page became a redirect is named with the path that it has now', () => {
  const document = documentOf(...all.slice(0, -1))
  const now = '/v3/brand/partner/store/recipients'
  document.paths![`${store}/{id}/unbindrecipient`] = { 'x-superseded-by': now }
  document.paths![now] = { post: operation('post', now) }
  const { labels, findings } = derive(document)
  assert.is(labels?.length, 8)
  assert.match(findings[0]!, /unbindrecipient, which is \/v3\/brand\/partner\/store\/recipients now, and/)
})

test('a variable may have any name, and other spellings and successors are those of brands', () => {
  const document = documentOf(['post', `${store}/{id}/close`], ['get', `${store}/{id}`])
  document.paths![`${store}/{id}/close`]!.post = operation('post', `${store}/{id}/close`, {
    deprecated: true,
    'x-superseded-by': `POST ${store}/{id}/resume`,
    'x-path-aliases': [`${store}/{store}/close`],
    'x-chain': 'v3.x',
  })
  document.paths![`${store}/{id}`]!.get = operation('get', `${store}/{id}`, {
    deprecated: true,
    'x-superseded-by': 'GET /v3/elsewhere',
  })
  const { paths = {} } = derive(document).derived!
  const { post } = paths['/brand/store/brandstores/{id}/close']!
  assert.is(post?.['x-superseded-by'], 'POST /brand/store/brandstores/{id}/resume')
  assert.equal(post?.['x-path-aliases'], ['/brand/store/brandstores/{store}/close'])
  assert.is(post?.operationId, 'BrandStoreBrandstoresIdClosePost')
  const { get } = paths['/brand/store/brandstores/{id}']!
  assert.equal([get?.deprecated, get?.['x-superseded-by']], [true, undefined])
})

test('the same pages in any order give the same document', () => {
  const text = (labels: typeof all) => toYaml(derive(documentOf(...labels)).derived!)
  assert.is(text([...all].reverse()), text(all))
})

test.run()
