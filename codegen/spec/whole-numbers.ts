import type { Field } from '../docs/field.ts'
import { isMoney } from './units.ts'

// Where a number may have a fraction: rates, scores and coordinates, and a dish that is sold by weight.
const fractional = /(?:^|_)(?:tax_rate|score|longitude|latitude|ratio|percent)$/
// Subsidies of the government are in yuan in places, and no page says in which.
const government = /\/v3\/gov\//
const weighed = 'POST /v3/catering/orders/sync-status'

/**
 * Whether a field of type `number` has integers only. Nearly all have: the pages use `number` and `integer` alike for
 * money, counts and ids, and of 502 such fields that other SDKs have too, one is not an integer.
 * @param place `POST /v3/…` or the type of an event
 */
export function isWhole({ name, type, description }: Field, place: string): boolean {
  if (type !== 'number') return type === 'integer'
  if (fractional.test(name) || description.unit === 'yuan' || /小数/.test(description.prose)) return false
  if (government.test(place) && description.unit !== 'fen' && isMoney(name, description)) return false
  return place !== weighed || name !== 'count'
}
