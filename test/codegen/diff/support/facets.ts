import type { FacetName, RuleId } from '../../../../codegen/diff/rules/all-rules.ts'
import { type FamilyId, families } from '../../../../codegen/diff/rules/facet.ts'
import type { Document } from '../../../../codegen/openapi/document.ts'
import { type Any, notifying, object, querying, requesting, responding } from './spec.ts'

/** For each facet a schema before and after. It is tried in every family. */
export const facetCases: Record<FacetName, [before: Any, after: Any]> = {
  'type-changed': [{ type: 'string' }, { type: 'boolean' }],
  'array-to-object': [{ type: 'array', items: { type: 'string' } }, object({ a: { type: 'string' } })],
  'object-to-array': [object({ a: { type: 'string' } }), { type: 'array', items: { type: 'string' } }],
  'list-of-types-widened': [{ type: 'string' }, { type: ['string', 'boolean'] }],
  'list-of-types-narrowed': [{ type: ['string', 'boolean'] }, { type: 'string' }],
  'type-generalized': [{ type: 'integer' }, { type: 'number' }],
  'type-specialized': [{ type: 'number' }, { type: 'integer' }],
  'became-nullable': [{ type: 'string' }, { type: ['string', 'null'] }],
  'became-not-nullable': [{ type: 'string', nullable: true }, { type: 'string' }],
  'one-of-added': [{ type: 'string' }, { oneOf: [{ type: 'string' }, { type: 'boolean' }] }],
  'one-of-removed': [{ oneOf: [{ type: 'string' }, { type: 'boolean' }] }, { type: 'string' }],
  'any-of-added': [{ type: 'string' }, { anyOf: [{ type: 'string' }, { type: 'boolean' }] }],
  'any-of-removed': [{ anyOf: [{ type: 'string' }, { type: 'boolean' }] }, { type: 'string' }],
  'enum-value-added': [
    { type: 'string', enum: ['A'] },
    { type: 'string', enum: ['A', 'B'] },
  ],
  'enum-value-removed': [
    { type: 'string', enum: ['A', 'B'] },
    { type: 'string', enum: ['A'] },
  ],
  'became-enum': [{ type: 'string' }, { type: 'string', enum: ['A'] }],
  'became-not-enum': [{ type: 'string', enum: ['A'] }, { type: 'string' }],
  'extensible-enum-value-added': [
    { type: 'string', 'x-extensible-enum': ['A'] },
    { type: 'string', 'x-extensible-enum': ['A', 'B'] },
  ],
  'extensible-enum-value-removed': [
    { type: 'string', 'x-extensible-enum': ['A', 'B'] },
    { type: 'string', 'x-extensible-enum': ['A'] },
  ],
  'extensible-enum-added': [{ type: 'string' }, { type: 'string', 'x-extensible-enum': ['A'] }],
  'extensible-enum-removed': [{ type: 'string', 'x-extensible-enum': ['A'] }, { type: 'string' }],
  'const-added': [{ type: 'string' }, { type: 'string', const: 'A' }],
  'const-removed': [{ type: 'string', const: 'A' }, { type: 'string' }],
  'const-changed': [
    { type: 'string', const: 'A' },
    { type: 'string', const: 'B' },
  ],
  'format-added': [{ type: 'string' }, { type: 'string', format: 'date' }],
  'format-removed': [{ type: 'string', format: 'date' }, { type: 'string' }],
  'format-changed': [
    { type: 'string', format: 'date' },
    { type: 'string', format: 'date-time' },
  ],
  'format-hint-changed': [{ type: 'string' }, { type: 'string', format: 'password' }],
  'constraint-tightened': [
    { type: 'string', maxLength: 9 },
    { type: 'string', maxLength: 8 },
  ],
  'constraint-loosened': [{ type: 'integer', minimum: 1 }, { type: 'integer' }],
  'constraint-changed': [
    { type: 'string', pattern: '^a' },
    { type: 'string', pattern: '^b' },
  ],
  'became-encrypted': [{ type: 'string' }, { type: 'string', 'x-encrypted': 'wechatpay' }],
  'became-not-encrypted': [{ type: 'string', 'x-encrypted': 'merchant' }, { type: 'string' }],
  'encryption-changed': [
    { type: 'string', 'x-encrypted': 'merchant' },
    { type: 'string', 'x-encrypted': 'apiv3' },
  ],
  'became-embedded-json': [
    object({ a: { type: 'string' } }),
    {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: object({ a: { type: 'string' } }),
    },
  ],
  'became-not-embedded-json': [
    {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: object({ a: { type: 'string' } }),
    },
    object({ a: { type: 'string' } }),
  ],
  'content-schema-added': [
    { type: 'string' },
    {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: object({ a: { type: 'string' } }),
    },
  ],
  'content-schema-removed': [
    {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: object({ a: { type: 'string' } }),
    },
    { type: 'string' },
  ],
  'content-media-type-changed': [
    { type: 'string', contentMediaType: 'image/png' },
    { type: 'string', contentMediaType: 'image/jpeg' },
  ],
  'content-encoding-changed': [{ type: 'string' }, { type: 'string', contentEncoding: 'base64' }],
  'default-value-added': [{ type: 'string' }, { type: 'string', default: 'A' }],
  'default-value-removed': [{ type: 'string', default: 'A' }, { type: 'string' }],
  'default-value-changed': [
    { type: 'string', default: 'A' },
    { type: 'string', default: 'B' },
  ],
  'unit-changed': [
    { type: 'integer', 'x-unit': 'fen' },
    { type: 'integer', 'x-unit': 'seconds' },
  ],
  'additional-properties-forbidden': [
    object({ a: { type: 'string' } }),
    object({ a: { type: 'string' } }, { additionalProperties: false }),
  ],
  'additional-properties-allowed': [
    object({ a: { type: 'string' } }, { additionalProperties: false }),
    object({ a: { type: 'string' } }),
  ],
  'schema-changed': [{ type: 'string' }, { type: 'string', not: { const: 'A' } }],
}

const specWith: Record<FamilyId, (schema: Any) => Map<string, Document>> = {
  'request-property': (schema) => requesting(object({ p: schema })),
  'request-parameter': (schema) => querying(schema),
  'response-property': (schema) => responding(object({ p: schema })),
  'notification-property': (schema) => notifying(object({ p: schema })),
}

type Case = [rule: RuleId, before: Map<string, Document>, after: Map<string, Document>]

/** One pair of specs for each rule of a facet. */
export const facetPairs: Case[] = families.flatMap(({ id }) =>
  Object.entries(facetCases).map(
    ([name, [before, after]]): Case => [
      `${id}-${name as FacetName}`,
      specWith[id](before),
      specWith[id](after),
    ],
  ),
)
