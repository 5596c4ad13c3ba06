import type { Field } from '../docs/field.ts'

const instant = /(?:^|_)time$|^time_(?:start|expire)$/

// Times of other forms: hours of a day, periods of a licence, and the times of a pay score order, which may be
// 20091225091010, 20091225 or a word.
const otherNames =
  /^(?:begin_day_time|end_day_time|business_time|id_card_valid_time|event_time|(?:authorization|valid)_(?:begin|end)_time|goods_listing_time)$/
const score = /\/v3\/payscore\/|^PAYSCORE/
const scoreNames = /^(?:real_)?(?:service_)?(?:start|end)_time$|^prepaid_time$/
const elsewhere = /\/v3\/(?:gov|parking)\//

/**
 * The format of a text: what its description says, else RFC 3339 for a point in time. Other SDKs agree on the latter
 * for all but a few of 961 fields with such a name.
 * @param place `POST /v3/…` or the type of an event
 */
export function formatOf({ name, type, description, array }: Field, place: string): string | undefined {
  if (type !== 'string' || array) return undefined
  if (description.format) return description.format
  if (description.values || !instant.test(name) || otherNames.test(name)) return undefined
  if (elsewhere.test(place) || (score.test(place) && scoreNames.test(name))) return undefined
  if (score.test(place) && name === 'paid_time') return 'yyyyMMddHHmmss'
  return 'date-time'
}
