import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Compile } from '../receive/check-parameters.ts'
import type { Document, Schema } from './spec-types.ts'

/** Makes compilers of a document's schemas. A schema is compiled when it is first asked for, and once. */
export function compilers(): (document: Document) => Compile {
  const known = new Map<Document, Compile>()
  return (document) => {
    const compile = known.get(document) ?? compiler(document)
    known.set(document, compile)
    return compile
  }
}

function compiler(document: Document): Compile {
  // Not strict: a document has keywords of its own, `x-…` and `example`.
  const ajv = new Ajv2020({ strict: false, logger: false })
  formats.default(ajv)
  const { components } = document
  const compiled = new Map<Schema, ReturnType<Compile>>()
  return (schema) => {
    // Beside the schema, `components` is where its local references lead.
    const validate = compiled.get(schema) ?? ajv.compile({ components, ...schema })
    compiled.set(schema, validate)
    return validate
  }
}
