import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Document, Schema } from '../../../codegen/openapi/document.ts'
import { check } from '../../../codegen/run/check.ts'
import { checkExamples } from '../../../codegen/spec/check-examples.ts'
import { lint } from '../../../codegen/spec/lint.ts'
import { toYaml } from '../../../codegen/spec/yaml.ts'

const docs = process.env['DOCS'] ?? fileURLToPath(new URL('../../../examples/docs', import.meta.url))

function documentWith(schema: Schema, example: unknown): Document {
  return {
    openapi: '3.1.0',
    info: { title: 'test', version: 'v3', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'https://api.mch.weixin.qq.com' }],
    security: [{ wechatpay: [] }],
    paths: {
      '/v3/test': {
        post: {
          operationId: 'TestPost',
          summary: 'test',
          requestBody: { required: true, content: { 'application/json': { schema, example } } },
          responses: { '204': { description: 'done' } },
          'x-source': 'test.md#post',
        },
      },
    },
    components: {
      schemas: {},
      securitySchemes: { wechatpay: { type: 'http', scheme: 'WECHATPAY2-SHA256-RSA2048' } },
    },
  }
}

test('every document passes Redocly, and ajv takes every sample', async () => {
  const { findings, spec, examples } = await check({ docs })
  assert.equal(spec, [])
  assert.ok(examples > 0)
  assert.equal(
    findings.filter(({ severity }) => severity === 'error'),
    [],
  )
})

test('ajv refuses an example of the wrong type and says where', () => {
  const schema: Schema = { type: 'object', properties: { total: { type: 'integer' } } }
  const { findings } = checkExamples('test', documentWith(schema, { total: '1' }))
  assert.equal(findings, [
    { document: 'test', operation: 'POST /v3/test', where: 'body', message: 'body/total must be integer' },
  ])
})

test('ajv refuses an example without a required field', () => {
  const schema: Schema = { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } }
  assert.is(checkExamples('test', documentWith(schema, {})).findings.length, 1)
})

test('Redocly refuses a document that is not valid OpenAPI 3.1', async () => {
  const document = documentWith({ type: 'object' }, {})
  assert.equal(await lint('test', toYaml(document)), [])
  const broken = structuredClone(document) as Document & { info: { title?: string } }
  Reflect.deleteProperty(broken.info, 'title')
  const [finding] = await lint('test', toYaml(broken))
  assert.is(finding?.severity, 'error')
})

test.run()
