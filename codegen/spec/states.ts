import type { Schema } from '../openapi/document.ts'

/** The states of something that shops act upon. */
interface States {
  /** Matches `POST /v3/…`. */
  at: RegExp
  /** The field of the response, from its root. */
  field: RegExp
  /** All states, in the order of the official pages. */
  values: string[]
}

const transfer = [
  'ACCEPTED',
  'PROCESSING',
  'WAIT_USER_CONFIRM',
  'TRANSFERING',
  'SUCCESS',
  'FAIL',
  'CANCELING',
  'CANCELLED',
]

/**
 * The states that official sources list in full, which pages list in part or not at all. They are closed in the types:
 * `trade_state === 'SUCESS'` must not compile.
 */
const states: States[] = [
  {
    // https://pay.weixin.qq.com/doc/v3/merchant/4012791858 and Transaction of the official Go and Java SDKs
    at: /^\w+ \/v3\/(?:pay|combine-transactions|ecommerce\/combine-papay)\//,
    field: /(?:^|\.)trade_state$/,
    values: ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'],
  },
  {
    // https://pay.weixin.qq.com/doc/v3/merchant/4012791862 and Refund of the official Go and Java SDKs
    at: /^\w+ \/v3\/(?:refund\/domestic|ecommerce)\/refunds\b(?!.*return-advance)/,
    field: /^status$/,
    values: ['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL'],
  },
  {
    // https://pay.weixin.qq.com/doc/v3/merchant/4012716437
    at: /^\w+ \/v3\/fund-app\/mch-transfer\/(?:(?:partner\/)?transfer-bills|transfer-to-qq-wallet-bills)\b/,
    field: /^state$/,
    values: transfer,
  },
  {
    // BatchStatus and TransferDetailEntity of the official Go and Java SDKs
    at: /^\w+ \/v3\/(?:partner-)?transfer\/batches\b/,
    field: /(?:^|\.)batch_status$/,
    values: ['WAIT_PAY', 'ACCEPTED', 'PROCESSING', 'FINISHED', 'CLOSED'],
  },
  {
    at: /^\w+ \/v3\/(?:partner-)?transfer\/batches\b/,
    field: /(?:^|\.)detail_status$/,
    values: ['INIT', 'WAIT_PAY', 'PROCESSING', 'SUCCESS', 'FAIL'],
  },
  {
    // https://pay.weixin.qq.com/doc/v3/merchant/4012525183 and the official Go and Java SDKs
    at: /^\w+ \/v3\/profitsharing\/orders\b/,
    field: /^state$/,
    values: ['PROCESSING', 'FINISHED'],
  },
  {
    at: /^\w+ \/v3\/profitsharing\/orders\b/,
    field: /^receivers\.result$/,
    values: ['PENDING', 'SUCCESS', 'CLOSED'],
  },
  {
    at: /^\w+ \/v3\/profitsharing\/return-orders\b/,
    field: /^result$/,
    values: ['PROCESSING', 'SUCCESS', 'FAILED'],
  },
  {
    // https://pay.weixin.qq.com/doc/v3/merchant/4012587900
    at: /^\w+ \/v3\/payscore\/(?:partner\/)?serviceorder\b/,
    field: /^state$/,
    values: ['CREATED', 'DOING', 'DONE', 'REVOKED', 'EXPIRED'],
  },
  {
    at: /^\w+ \/v3\/payscore\/(?:partner\/)?serviceorder\b/,
    field: /^collection\.state$/,
    values: ['USER_PAYING', 'USER_PAID'],
  },
  {
    // https://pay.weixin.qq.com/doc/v3/merchant/4012289846
    at: /^\w+ \/v3\/merchant-service\/complaints-v2\b/,
    field: /(?:^|\.)complaint_state$/,
    values: ['PENDING', 'PROCESSING', 'PROCESSED'],
  },
]

/**
 * Closes the states in the schema of a response, which is changed.
 * @param place `POST /v3/…`
 */
export function closeStates(schema: Schema, place: string): void {
  const own = states.filter(({ at }) => at.test(place))
  if (own.length > 0) close(schema, '', own)
}

function close(schema: Schema, path: string, own: States[]): void {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`
    const inner = property.items ?? property
    const found = own.find(({ field }) => field.test(at))
    if (found && inner.type === 'string') {
      inner.enum = found.values
      delete inner['x-extensible-enum']
    }
    close(inner, at, own)
  }
}
