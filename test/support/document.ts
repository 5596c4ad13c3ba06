const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const text = { type: 'string' }
const guideId = { name: 'guide_id', in: 'path', required: true, schema: { type: 'string' } }

/** A few operations, at least one for each method. */
export const document = {
  openapi: '3.1.0',
  info: { title: 'A few operations', version: '1' },
  servers: [{ url: 'https://api.mch.weixin.qq.com' }],
  paths: {
    '/v3/pay/transactions/jsapi': {
      post: {
        requestBody: {
          required: true,
          ...json({
            type: 'object',
            required: ['description', 'amount'],
            properties: {
              description: { type: 'string', maxLength: 127 },
              attach: text,
              amount: { $ref: '#/components/schemas/amount' },
            },
          }),
        },
        responses: { 200: json({ type: 'object', properties: { prepay_id: text } }) },
      },
    },
    '/v3/smartguide/guides': {
      get: {
        parameters: [
          { name: 'store_id', in: 'query', required: true, schema: { type: 'integer' } },
          { name: 'note', in: 'query', schema: text },
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 10 } },
        ],
        responses: {
          200: json({
            type: 'object',
            properties: {
              data: { type: 'array', items: { type: 'object', properties: { guide_id: text } } },
              total_count: { type: 'integer' },
              state: { type: 'string', enum: ['OPEN', 'CLOSED'] },
            },
          }),
        },
      },
    },
    '/v3/smartguide/guides/{guide_id}': {
      get: {
        parameters: [guideId],
        responses: { 200: json({ type: 'object', properties: { guide_id: text } }) },
      },
      put: { parameters: [guideId], requestBody: json({ type: 'object' }), responses: { 204: {} } },
      patch: { parameters: [guideId], requestBody: json({ type: 'object' }), responses: { 204: {} } },
      delete: { parameters: [guideId], responses: { 204: {} } },
    },
    '/v3/smartguide/guides/default': {
      get: {
        responses: { 200: json({ type: 'object', properties: { which: { const: 'the default guide' } } }) },
      },
    },
    '/v3/smartguide/guides/{guide_id}/assign': {
      post: {
        parameters: [guideId],
        requestBody: {
          required: true,
          ...json({ type: 'object', required: ['out_trade_no'], properties: { out_trade_no: text } }),
        },
        responses: { 204: {} },
      },
    },
    '/v3/marketing/tasks': { post: { responses: { 202: {} } } },
  },
  components: {
    schemas: { amount: { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } } },
  },
}
