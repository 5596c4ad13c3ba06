import type { Wechatpay } from '../../generated/chain.ts'

declare const wechatpay: Wechatpay

export async function mistakes() {
  // chain: guide_id is missing
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({ json: { out_trade_no: '20150806125346' } })

  // chain: json is missing
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({ guide_id: 'LLA3' })

  // chain: out_trade_no is missing
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({ guide_id: 'LLA3', json: {} })

  // chain: a wrong type
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({
    guide_id: 'LLA3',
    json: { out_trade_no: 20150806125346 },
  })

  // chain: an unknown key in json
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({
    guide_id: 'LLA3',
    json: { out_trade_no: '20150806125346', sub_mch_id: '1234567890' },
  })

  // chain: an unknown option
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({
    guide_id: 'LLA3',
    json: { out_trade_no: '20150806125346' },
    body: {},
  })

  // chain: a misspelt path variable
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({
    guideId: 'LLA3',
    json: { out_trade_no: '20150806125346' },
  })

  // chain: an unknown key in the query
  await wechatpay.v3.pay.transactions.id._transaction_id_.get({
    transaction_id: '1',
    query: { mchid: '1230000109', mch_id: '1230000109' },
  })

  // chain: a misspelt header
  await wechatpay.v3.smartguide.guides.post({
    headers: { 'WechatPay-Serial': 'PUB_KEY_ID_0114232134912410000000000000' },
    json: { corpid: '', store_id: 1, userid: '', name: '', mobile: '', qr_code: '', avatar: '' },
  })

  // chain: a misspelt segment
  await wechatpay.v3.smartguide.guide._guide_id_.assign.post({})

  // chain: a segment as the path spells it
  await wechatpay.v3.smartguide.guides.guide_id.assign.post({})

  // chain: a method that the path does not have
  await wechatpay.v3.smartguide.guides._guide_id_.assign.put({})

  // chain: no options where some are required
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post()

  // chain: a misspelt path in chain()
  wechatpay.chain('v3/smartguide/guide/{guide_id}/assign')

  // chain: a misspelt path in []
  await wechatpay['v3/smartguide/guide/{guide_id}/assign'].post({})

  // chain: an unknown key, in the style of chain()
  await wechatpay.chain('v3/smartguide/guides/<guide_id>/assign').post({
    guide_id: 'LLA3',
    json: { out_trade_no: '20150806125346', total: 1 },
  })

  // chain: guide_id is missing, in the style of []
  await wechatpay['v3/smartguide/guides/<guide_id>/assign'].post({ json: { out_trade_no: '20150806125346' } })

  // chain: data before error
  const { data } = await wechatpay.v3.smartguide.guides.get({ query: { store_id: 1 } })
  data.total_count

  // chain: a value that the request's enum does not have
  await wechatpay.v3.bill.tradebill.get({ query: { bill_date: '2019-06-11', bill_type: 'EVERYTHING' } })

  // chain: JSON where a form is needed
  await wechatpay.v3.merchant.media.upload.post({ json: { filename: 'a.png' } })
}
