import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Document, Schema } from './spec-types.ts'

/** Compiles a schema of one document. */
export type CompileSchema = (schema: Schema) => ValidateFunction

/** Creates the compilers of several documents. Each schema is compiled once, when it is first needed. */
export function schemaCompilers(): (document: Document) => CompileSchema {
  const compilers = new Map<Document, CompileSchema>()
  return (document) => {
    const compile = compilers.get(document) ?? schemaCompiler(document)
    compilers.set(document, compile)
    return compile
  }
}

function schemaCompiler({ components }: Document): CompileSchema {
  // Not strict, because the documents use keywords that ajv does not know: `x-…` and `example`.
  const ajv = new Ajv2020({ strict: false, logger: false })
  formats.default(ajv)
  const compiled = new Map<Schema, ValidateFunction>()
  return (schema) => {
    // `components` makes local references resolve.
    const validate = compiled.get(schema) ?? ajv.compile({ components, ...schema })
    compiled.set(schema, validate)
    return validate
  }
}
