import type { PathClient } from '../../generated/client.ts'

declare const paths: PathClient

export async function mistakes() {
  // path client: guide_id is missing
  await paths['/v3/smartguide/guides/{guide_id}/assign'].POST({
    params: { path: {} },
    body: { out_trade_no: '20150806125346' },
  })

  // path client: params are missing
  await paths['/v3/smartguide/guides/{guide_id}/assign'].POST({
    body: { out_trade_no: '20150806125346' },
  })

  // path client: an unknown key in the body
  await paths['/v3/smartguide/guides/{guide_id}/assign'].POST({
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346', sub_mch_id: '1234567890' },
  })

  // path client: an unknown key beside the body
  await paths['/v3/smartguide/guides/{guide_id}/assign'].POST({
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    json: { out_trade_no: '20150806125346' },
  })

  // path client: an unknown key deep in the body
  await paths['/v3/pay/transactions/native'].POST({
    body: {
      appid: 'wxd678efh567hg6787',
      mchid: '1230000109',
      description: 'Image',
      out_trade_no: '1217752501201407033233368018',
      notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
      amount: { total: 100, currancy: 'CNY' },
    },
  })

  // path client: a misspelt path
  await paths['/v3/smartguide/guide/{guide_id}/assign'].POST({})

  // path client: a method that the path does not have
  await paths['/v3/smartguide/guides/{guide_id}/assign'].PATCH({})

  // path client: no parameters where some are required
  await paths['/v3/smartguide/guides/{guide_id}/assign'].POST()

  // path client: parameters where there are none
  await paths['/v3/certificates'].GET({ params: { path: { id: '1' } } })

  // path client: the other spelling is as strict
  await paths['/v3/smartguide/guides/<guide_id>/assign'].POST({
    params: { path: { guide_id: 1 } },
    body: { out_trade_no: '20150806125346' },
  })
}
