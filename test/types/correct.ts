import type { Client } from '../../generated/client.ts'

// What must compile: nothing here may need a cast.
declare const client: Client

export async function correct(): Promise<unknown[]> {
  const assigned = await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
    signal: AbortSignal.timeout(1000),
  })
  await client.POST('/v3/smartguide/guides/<guide_id>/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
  })
  const nothing: undefined = assigned.data

  const certificates = await client.GET('/v3/certificates')
  if (certificates.error) return [certificates.error.code, certificates.error.requestId]
  const serials: string[] = certificates.data.data.map((certificate) => certificate.serial_no)
  await client.GET('/v3/certificates', { params: { query: { algorithm_type: 'RSA' } } })

  // An enum of an answer is open: a value that is new tomorrow is a string today.
  const refund = await client.GET('/v3/refund/domestic/refunds/{out_refund_no}', {
    params: { path: { out_refund_no: '1217752501201407033233368018' } },
  })
  if (refund.error) return []
  const status: string = refund.data.status
  if (refund.data.status === 'SUCCESS') return [status]

  // A numeric id in a path may be given as text, as the pages' own samples do.
  await client.GET('/v3/applyment4sub/applyment/applyment_id/{applyment_id}', {
    params: { path: { applyment_id: '2000002124775691' } },
  })
  await client.GET('/v3/applyment4sub/applyment/applyment_id/{applyment_id}', {
    params: { path: { applyment_id: 2000002124775691 } },
  })
  return [nothing, serials]
}
