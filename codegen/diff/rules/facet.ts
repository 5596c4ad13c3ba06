import type { Direction, Level } from './level.ts'
import { advice, why } from './phrases.ts'
import type { Rule, Text } from './rule.ts'

/** How a change of a schema is judged in one direction. */
interface Verdict {
  wire: Level
  types: Level
  why: Text
  advice: Text
}

/** One kind of change of a schema. It gives one rule for each family. */
export interface Facet<Name extends string = string> {
  name: Name
  /** The facet that reports the same change with both sides swapped. */
  mirror: Name
  /** `{element}` becomes the name of the family. */
  sentence: Text
  sent: Verdict
  received: Verdict
}

/** What a schema describes; begins the ids of its rules. */
export type FamilyId =
  | 'request-property'
  | 'request-parameter'
  | 'response-property'
  | 'notification-property'

interface Family {
  id: FamilyId
  direction: Direction
  element: Text
}

export const families: readonly Family[] = [
  { id: 'request-property', direction: 'request', element: { en: 'request property', zh: '请求字段' } },
  { id: 'request-parameter', direction: 'request', element: { en: 'request parameter', zh: '请求参数' } },
  { id: 'response-property', direction: 'response', element: { en: 'response property', zh: '应答字段' } },
  {
    id: 'notification-property',
    direction: 'notification',
    element: { en: 'notification property', zh: '通知字段' },
  },
]

/** The rules of facets in all families. */
export function rulesOf<Name extends string>(facets: readonly Facet<Name>[]): Rule<`${FamilyId}-${Name}`>[] {
  return families.flatMap((family) => facets.map((facet) => ruleOf(family, facet)))
}

function ruleOf<Name extends string>(
  { id, direction, element }: Family,
  { name, mirror, sentence, sent, received }: Facet<Name>,
): Rule<`${FamilyId}-${Name}`> {
  return {
    id: `${id}-${name}`,
    direction,
    sentence: {
      en: sentence.en.replace('{element}', element.en),
      zh: sentence.zh.replace('{element}', element.zh),
    },
    ...(direction === 'request' ? sent : received),
    mirror: [`${id}-${mirror}`],
  }
}

/** A verdict in one line. */
export function verdict(wire: Level, types: Level, why: Text, advice: Text): Verdict {
  return { wire, types, why, advice }
}

/** Nothing that was valid before becomes invalid. */
export const harmless = {
  sent: verdict('info', 'info', why.acceptedAsBefore, advice.nothing),
  received: verdict('info', 'info', why.amongFormer, advice.nothing),
}

/** Apps may send more than before. */
export const useful = verdict('info', 'info', why.acceptedAsBefore, advice.useIt)
