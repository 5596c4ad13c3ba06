import { contentFacets } from './content-facets.ts'
import { rulesOf } from './facet.ts'
import { lifecycleRules } from './lifecycle-rules.ts'
import { operationRules } from './operation-rules.ts'
import { parameterRules } from './parameter-rules.ts'
import { propertyRules } from './property-rules.ts'
import { requestBodyRules } from './request-body-rules.ts'
import { answerRules } from './response-rules.ts'
import type { Rule } from './rule.ts'
import { typeFacets } from './type-facets.ts'
import { valueFacets } from './value-facets.ts'

/** Every kind of change that is judged. */
export const rules: readonly Rule[] = [
  ...operationRules,
  ...lifecycleRules,
  ...parameterRules,
  ...requestBodyRules,
  ...answerRules,
  ...propertyRules,
  ...rulesOf([...typeFacets, ...valueFacets, ...contentFacets]),
]

const byId = new Map(rules.map((rule) => [rule.id, rule]))

/**
 * The rule of an id.
 * @throws RangeError for an id that no rule has
 */
export function ruleOf(id: string): Rule {
  const rule = byId.get(id)
  if (!rule) throw new RangeError(`no rule has the id ${id}`)
  return rule
}

export { rulesMarkdown, rulesText } from '../report/rule-table.ts'
