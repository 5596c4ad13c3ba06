import type { Rule } from './rule.ts'
import { answerRules } from './rules/answers.ts'
import { requestBodyRules } from './rules/bodies.ts'
import { rulesOf } from './rules/facet.ts'
import { lifecycleRules } from './rules/lifecycle.ts'
import { operationRules } from './rules/operations.ts'
import { parameterRules } from './rules/parameters.ts'
import { propertyRules } from './rules/properties.ts'
import { contentFacets } from './rules/schema-contents.ts'
import { typeFacets } from './rules/schema-types.ts'
import { valueFacets } from './rules/schema-values.ts'

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

export { rulesMarkdown, rulesText } from './rule-table.ts'
