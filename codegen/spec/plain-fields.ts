/**
 * Fields that are plain though a field with the same name and label is encrypted in another operation, each with the
 * reason, by operation and place. Any other such field is an error of its page: a lost mark would send it in plain text.
 */
export const plainFields: ReadonlyMap<string, string> = new Map([
  ...entries('SKIT (2026) has them plain; the response masks the number', {
    'GET /v3/apply4sub/sub_merchants/{sub_mchid}/application/{application_no}': [
      'response.account_name',
      'response.account_number',
    ],
    'GET /v3/apply4sub/sub_merchants/{sub_mchid}/settlement': ['response.account_number'],
  }),
  ...entries('SKIT (2026) has it plain', {
    'GET /v3/taxi-invoice/drivers/{driver_license}': ['response.driver_name'],
  }),
  ...entries('these pages mark the name, the phone and the identity card beside it, but not the address', {
    'POST /v3/gov/subsidy/n-qualifications/sync': ['json.address'],
    'POST /v3/gov/subsidy/qualifications/sync': ['json.address'],
    'POST /v3/gov/subsidy/transactions/sync': ['json.address'],
    'POST /v3/gov/subsidy/zhejiang/authcode/commit': ['json.address'],
    'POST /v3/gov/subsidy/zhejiang/authcode/refund': ['json.address'],
    'POST /v3/gov/subsidy/zhejiang/qualifications/sync': ['json.data.address'],
  }),
  // A client that decrypts a plain value fails the call; one that does not returns the cipher text, which leaks nothing.
  ...entries('a response that no other source describes', {
    'GET /v3/global/profit-sharing/receivers/{account}': ['response.name'],
    'GET /v3/offlinefacemch/organizations/{organization_id}/users/out-user-id/{out_user_id}': [
      'response.user_name',
    ],
    'GET /v3/platsolution/mch-transfer/batches/batch-id/{batch_id}/details/detail-id/{detail_id}': [
      'response.user_name',
    ],
    'GET /v3/platsolution/mch-transfer/batches/out-batch-no/{out_batch_no}/details/out-detail-no/{out_detail_no}':
      ['response.user_name'],
  }),
])

function entries(reason: string, fields: Record<string, readonly string[]>): [string, string][] {
  return Object.entries(fields).flatMap(([operation, places]) =>
    places.map((place): [string, string] => [`${operation} ${place}`, reason]),
  )
}
