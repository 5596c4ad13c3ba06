import { isObject, same } from './json.ts'
import { member, type Placed } from './json-node.ts'
import { note } from './record.ts'
import { below, compareSchemas, type SchemaStanding } from './schema.ts'

// This project writes none of them, but another's document may.
const others = [
  '$ref',
  'not',
  'if',
  'then',
  'else',
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'contains',
  'minContains',
  'maxContains',
  'prefixItems',
  'additionalItems',
  'unevaluatedProperties',
  'unevaluatedItems',
  'discriminator',
  'readOnly',
  'writeOnly',
]

/** Compares the keywords that no rule of their own judges, and what further properties may be. */
export function compareKeywords(before: Placed, after: Placed, at: SchemaStanding): void {
  for (const keyword of others)
    if (!same(before.value[keyword], after.value[keyword]))
      note(at, `${at.family}-schema-changed`, member(before, keyword), member(after, keyword), { keyword })
  compareFurther(before, after, at)
}

function compareFurther(before: Placed, after: Placed, at: SchemaStanding): void {
  const [old, now] = [before.value['additionalProperties'], after.value['additionalProperties']]
  if ((old === false) !== (now === false)) {
    const change = now === false ? 'forbidden' : 'allowed'
    note(at, `${at.family}-additional-properties-${change}`, before, after)
  } else if (isObject(old) || isObject(now))
    compareSchemas(
      member(before, 'additionalProperties'),
      member(after, 'additionalProperties'),
      below(at, '{}'),
    )
}
