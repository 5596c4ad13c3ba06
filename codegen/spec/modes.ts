import type { Field } from '../docs/field.ts'
import type { Context } from './context.ts'

// Names of one thing in the two modes of a merchant, or of which one is enough. A page that unites two modes marks
// several of them as required, and no call can have them all.
const groups = [
  ['mchid', 'sp_mchid'],
  ['appid', 'sp_appid'],
  ['openid', 'sp_openid', 'sub_openid'],
  ['transaction_id', 'out_trade_no', 'combine_transaction_id'],
  ['combine_transaction_id', 'combine_out_trade_no'],
  ['refund_id', 'out_refund_no'],
]

/** Who a partner acts for. A merchant who acts for itself never sends it. */
const partnerOnly = /^sub_(?:mchid|appid)$/

/** The fields of an object of a request, of which those are optional that only one of two modes has. */
export function loosenModes(fields: Field[], context: Context): Field[] {
  const names = new Set(fields.map((field) => field.name))
  const groupOf = (name: string) =>
    groups.find((group) => group.includes(name) && group.filter((one) => names.has(one)).length > 1)
  return fields.map((field) => {
    if (!field.required) return field
    const group = groupOf(field.name)?.filter((name) => names.has(name))
    if (!group && !(context.bothModes && partnerOnly.test(field.name))) return field
    context.report(
      'mode-required',
      field,
      group
        ? `${field.name} is required beside ${group.filter((name) => name !== field.name).join(', ')}, of which one is enough; read as optional`
        : `${field.name} is required, but the operation is for merchants too, who do not have it; read as optional`,
    )
    return { ...field, required: false }
  })
}
