import { contentFacets } from './content-facets.ts'
import { type FamilyId, rulesOf } from './facet.ts'
import { lifecycleRules } from './lifecycle-rules.ts'
import { operationRules } from './operation-rules.ts'
import { parameterRules } from './parameter-rules.ts'
import { propertyRules } from './property-rules.ts'
import { requestBodyRules } from './request-body-rules.ts'
import { responseRules } from './response-rules.ts'
import type { Rule } from './rule.ts'
import { typeFacets } from './type-facets.ts'
import { valueFacets } from './value-facets.ts'

const singleRules = [
  ...operationRules,
  ...lifecycleRules,
  ...parameterRules,
  ...requestBodyRules,
  ...responseRules,
  ...propertyRules,
]
const facets = [...typeFacets, ...valueFacets, ...contentFacets]

/** The name of a facet. */
export type FacetName = (typeof facets)[number]['name']

/** The id of a rule. */
export type RuleId = (typeof singleRules)[number]['id'] | `${FamilyId}-${FacetName}`

/** Every kind of change that is judged. */
export const rules: readonly Rule<RuleId>[] = [...singleRules, ...rulesOf<FacetName>(facets)]

const byId = new Map(rules.map((rule) => [rule.id, rule]))

/** The rule with an id. */
export function ruleOf(id: RuleId): Rule<RuleId> {
  return byId.get(id)!
}
