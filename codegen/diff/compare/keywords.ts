import { isObject, same } from './json.ts'
import { member, type Node } from './json-node.ts'
import { note } from './record.ts'
import { compareSchemas } from './schema.ts'
import { below, type SchemaScope } from './schema-scope.ts'

// This project does not write them, but other documents may contain them.
const unjudged = [
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

/** Compares `additionalProperties` and the keywords that have no rule of their own. */
export function compareKeywords(before: Node, after: Node, at: SchemaScope): void {
  for (const keyword of unjudged)
    if (!same(before.value[keyword], after.value[keyword]))
      note(at, `${at.family}-schema-changed`, member(before, keyword), member(after, keyword), { keyword })
  compareAdditionalProperties(before, after, at)
}

function compareAdditionalProperties(before: Node, after: Node, at: SchemaScope): void {
  const [old, now] = [member(before, 'additionalProperties'), member(after, 'additionalProperties')]
  if ((old.value === false) !== (now.value === false)) {
    const change = now.value === false ? 'forbidden' : 'allowed'
    note(at, `${at.family}-additional-properties-${change}`, before, after)
  } else if (isObject(old.value) || isObject(now.value)) compareSchemas(old, now, below(at, '{}'))
}
