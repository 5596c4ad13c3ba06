import type { Direction, Level } from '../compare/change.ts'
import type { Rule, Text } from './rule.ts'

/** How a kind of change is judged for those who send, or for those who receive. */
export interface Verdict {
  wire: Level
  types: Level
  why: Text
  advice: Text
}

/** One kind of change of a schema, for all places where a schema can stand. */
export interface Facet {
  name: string
  /** The name of the facet with the sides swapped. */
  mirror: string
  /** `{place}` becomes the family's word. */
  sentence: Text
  sent: Verdict
  received: Verdict
}

/** A place where a schema stands; its id begins the ids of its rules. */
export interface Family {
  id: FamilyId
  direction: Direction
  place: Text
}

export type FamilyId =
  | 'request-property'
  | 'request-parameter'
  | 'response-property'
  | 'notification-property'

/** The places of schemas. */
export const families: readonly Family[] = [
  { id: 'request-property', direction: 'request', place: { en: 'request property', zh: '请求字段' } },
  { id: 'request-parameter', direction: 'request', place: { en: 'request parameter', zh: '请求参数' } },
  { id: 'response-property', direction: 'response', place: { en: 'response property', zh: '响应字段' } },
  {
    id: 'notification-property',
    direction: 'notification',
    place: { en: 'notification property', zh: '通知字段' },
  },
]

/** The rules of facets in all families. */
export function rulesOf(facets: readonly Facet[]): Rule[] {
  return families.flatMap((family) => facets.map((facet) => ruleOf(family, facet)))
}

function ruleOf({ id, direction, place }: Family, { name, mirror, sentence, sent, received }: Facet): Rule {
  const { wire, types, why, advice } = direction === 'request' ? sent : received
  return {
    id: `${id}-${name}`,
    direction,
    wire,
    types,
    sentence: {
      en: sentence.en.replace('{place}', place.en),
      zh: sentence.zh.replace('{place}', place.zh),
    },
    why,
    advice,
    mirror: [`${id}-${mirror}`],
  }
}

/** A verdict in one line. */
export function verdict(wire: Level, types: Level, why: Text, advice: Text): Verdict {
  return { wire, types, why, advice }
}
