import { answerRules } from './answers.ts'
import { requestBodyRules } from './bodies.ts'
import { rulesOf } from './facet.ts'
import { lifecycleRules } from './lifecycle.ts'
import { operationRules } from './operations.ts'
import { parameterRules } from './parameters.ts'
import { propertyRules } from './properties.ts'
import type { Rule } from './rule.ts'
import { contentFacets } from './schema-contents.ts'
import { typeFacets } from './schema-types.ts'
import { valueFacets } from './schema-values.ts'

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
