import { type Client, paginate, type ThrowingClient } from '../../generated/client.ts'

declare const client: Client
declare const throwing: ThrowingClient

export async function mistakes() {
  // guide_id is missing
  await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: {} },
    body: { out_trade_no: '20150806125346' },
  })

  // out_trade_no is missing
  await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { sub_mchid: '1234567890' },
  })

  // a wrong type
  await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: 20150806125346 },
  })

  // an unknown key in the body
  await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346', sub_mch_id: '1234567890' },
  })

  // an unknown key in the query
  await client.GET('/v3/pay/transactions/id/{transaction_id}', {
    params: { path: { transaction_id: '1' }, query: { mchid: '1230000109', mch_id: '1230000109' } },
  })

  // an unknown key in the path
  await client.GET('/v3/pay/transactions/id/{transaction_id}', {
    params: { path: { transaction_id: '1', transactionId: '1' }, query: { mchid: '1230000109' } },
  })

  // an unknown key beside them
  await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
    json: {},
  })

  // an unknown key beside path and query
  await client.GET('/v3/pay/transactions/id/{transaction_id}', {
    params: { path: { transaction_id: '1' }, query: { mchid: '1230000109' }, body: {} },
  })

  // an unknown key deep in the body
  await client.POST('/v3/pay/transactions/native', {
    body: {
      appid: 'wxd678efh567hg6787',
      mchid: '1230000109',
      description: 'Image',
      out_trade_no: '1217752501201407033233368018',
      notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
      amount: { total: 100, currancy: 'CNY' },
    },
  })

  // a misspelt path
  await client.POST('/v3/smartguide/guide/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
  })

  // a method that the path does not have
  await client.DELETE('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
  })

  // no parameters where some are required
  await client.POST('/v3/smartguide/guides/{guide_id}/assign')

  // no parameters where some are required, and other paths need none
  await client.GET('/v3/smartguide/guides')

  // the other spelling is as strict: guide_id is missing
  await client.POST('/v3/smartguide/guides/<guide_id>/assign', {
    params: { path: {} },
    body: { out_trade_no: '20150806125346' },
  })

  // the other spelling is as strict: an unknown key in the body
  await client.POST('/v3/smartguide/guides/<guide_id>/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346', total: 1 },
  })

  // data before error
  const created = await client.POST('/v3/smartguide/guides', {
    body: { corpid: '', store_id: 1, userid: '', name: '', mobile: '', qr_code: '', avatar: '' },
  })
  created.data.guide_id

  // data of a 204
  const assigned = await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
  })
  if (!assigned.error) assigned.data.guide_id

  // a value that the request's enum does not have
  await client.GET('/v3/bill/tradebill', {
    params: { query: { bill_date: '2019-06-11', bill_type: 'EVERYTHING' } },
  })

  // a currency that no domestic merchant has
  await client.POST('/v3/pay/transactions/native', {
    body: {
      appid: 'wx1',
      mchid: '1',
      description: '笔',
      out_trade_no: '1',
      notify_url: 'https://example.com/',
      amount: { total: 100, currency: 'RMB' },
    },
  })

  // a misspelt state of an order
  const order = await client.GET('/v3/pay/transactions/id/{transaction_id}', {
    params: { path: { transaction_id: '1' }, query: { mchid: '1' } },
  })
  if (order.data?.trade_state === 'SUCESS') order.data.transaction_id

  // a misspelt state of a refund
  const refund = await client.GET('/v3/refund/domestic/refunds/{out_refund_no}', {
    params: { path: { out_refund_no: '1' } },
  })
  if (refund.data?.status === 'SUCESS') refund.data.refund_id

  // a call that throws: an unknown key in the body
  await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346', sub_mch_id: '1234567890' },
    throwOnError: true,
  })

  // a call that throws: out_trade_no is missing
  await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: {},
    throwOnError: true,
  })

  // a client that throws: an unknown key in the body
  await throwing.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346', sub_mch_id: '1234567890' },
  })

  // a client that throws: guide_id is missing
  await throwing.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: {} },
    body: { out_trade_no: '20150806125346' },
  })

  // a client that throws: its data taken for a result
  const guide = await throwing.POST('/v3/smartguide/guides', {
    body: { corpid: '', store_id: 1, userid: '', name: '', mobile: '', qr_code: '', avatar: '' },
  })
  guide.data

  // pages: an operation that has none
  paginate(client.GET, '/v3/certificates', {})

  // pages: an unknown key in the query
  paginate(client.GET, '/v3/smartguide/guides', { params: { query: { store_id: 1, ofset: 1 } } })

  // pages: a misspelt field of an item
  for await (const guide of paginate(client.GET, '/v3/smartguide/guides', {
    params: { query: { store_id: 1 } },
  }))
    guide.guide_no
}
