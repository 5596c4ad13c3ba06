import { createRequire } from 'node:module'
import type { astToString, GlobalContext, transformSchemaObject } from 'openapi-typescript'
import type ts from 'typescript'
import type { Schema } from '../openapi/document.ts'
import { type DocComment, docComment } from './doc-comment.ts'

/** Declares types of schemas. No other file uses openapi-typescript. */

interface Libraries {
  typescript: typeof ts
  transformSchemaObject: typeof transformSchemaObject
  astToString: typeof astToString
}

const require = createRequire(import.meta.url)
let libraries: Libraries | undefined

/**
 * Loads TypeScript and the two files of openapi-typescript that need nothing else, unless they are loaded already.
 * `require` takes a third of the time of `import`, which parses each file for its exports first.
 */
export function loadLibraries(): Libraries {
  libraries ??= {
    typescript: require('typescript'),
    transformSchemaObject: require('openapi-typescript/dist/transform/schema-object.cjs').default,
    astToString: require('openapi-typescript/dist/lib/ts.cjs').astToString,
  }
  return libraries
}

/**
 * `export interface Name { … }`, or a type alias when the schema is not a plain object.
 * @param value a sample, or that WeChat Pay sends the value
 */
export function declareType(
  name: string,
  schema: Schema,
  { example, received = false }: { example?: unknown; received?: boolean } = {},
): ts.Node {
  const { typescript, transformSchemaObject } = loadLibraries()
  const { factory, SyntaxKind } = typescript
  // Only enums and discriminators use a path, and writing it takes longer with each level.
  const type = transformSchemaObject(typeSchema(schema, example, received) as never, { ctx: context })
  const modifiers = [factory.createModifier(SyntaxKind.ExportKeyword)]
  if (typescript.isTypeLiteralNode(type))
    return factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, type.members)
  return factory.createTypeAliasDeclaration(modifiers, name, undefined, type)
}

/** The text of declarations. */
export function printFile(nodes: ts.Node[]): string {
  return loadLibraries().astToString(nodes as ts.Node[])
}

const context: GlobalContext = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: false,
  conditionalEnums: false,
  dedupeEnums: false,
  defaultNonNullable: false,
  discriminators: { objects: {}, refsHandled: [] },
  emptyObjectsUnknown: true,
  enum: false,
  enumValues: false,
  excludeDeprecated: false,
  exportType: false,
  generatePathParams: false,
  immutable: false,
  injectFooter: [],
  makePathsEnum: false,
  pathParamsAsTypes: false,
  postTransform: undefined,
  propertiesRequiredByDefault: false,
  readWriteMarkers: false,
  redoc: undefined as never,
  resolve: () => undefined as never,
  rootTypes: false,
  rootTypesKeepCasing: false,
  rootTypesNoSchemaPrefix: false,
  silent: true,
  transform: (schema: object) => ownType(schema as TypeSchema),
  transformProperty: undefined,
}

// Types that openapi-typescript does not make. The enums of responses are open, because WeChat Pay may add values,
// which must not break an app.
function ownType(schema: TypeSchema): ts.TypeNode | undefined {
  const { type, values, open, orString, file } = schema
  const { factory, SyntaxKind } = loadLibraries().typescript
  if (file)
    return factory.createUnionTypeNode([
      reference('Blob'),
      reference('ArrayBuffer'),
      reference('Uint8Array'),
      reference('ReadableStream', [reference('Uint8Array')]),
    ])
  if (orString)
    return factory.createUnionTypeNode([
      keywordType(SyntaxKind.NumberKeyword),
      keywordType(SyntaxKind.StringKeyword),
    ])
  if (!values) return undefined
  const literals = values.map(literal)
  if (!open) return factory.createUnionTypeNode(literals)
  const keyword = keywordType(
    type === 'string' || !type ? SyntaxKind.StringKeyword : SyntaxKind.NumberKeyword,
  )
  const rest = factory.createIntersectionTypeNode([keyword, factory.createTypeLiteralNode([])])
  return factory.createUnionTypeNode([...literals, factory.createParenthesizedType(rest)])
}

function reference(name: string, parameters?: ts.TypeNode[]): ts.TypeNode {
  return loadLibraries().typescript.factory.createTypeReferenceNode(name, parameters)
}

function keywordType(kind: ts.SyntaxKind.StringKeyword | ts.SyntaxKind.NumberKeyword): ts.TypeNode {
  return loadLibraries().typescript.factory.createKeywordTypeNode(kind)
}

function literal(value: string | number): ts.TypeNode {
  const { factory, SyntaxKind } = loadLibraries().typescript
  if (typeof value === 'string') return factory.createLiteralTypeNode(factory.createStringLiteral(value))
  const number = factory.createNumericLiteral(Math.abs(value))
  return factory.createLiteralTypeNode(
    value < 0 ? factory.createPrefixUnaryExpression(SyntaxKind.MinusToken, number) : number,
  )
}

/** A schema reduced to what openapi-typescript needs: a comment and the type. */
interface TypeSchema extends DocComment {
  type?: Schema['type']
  required?: string[]
  additionalProperties?: boolean
  properties?: Record<string, TypeSchema>
  items?: TypeSchema
  oneOf?: TypeSchema[]
  values?: (string | number)[]
  open?: boolean
  orString?: boolean
  file?: boolean
}

function typeSchema(
  schema: Schema & { 'x-or-string'?: true; 'x-file'?: true },
  example: unknown,
  received: boolean,
): TypeSchema {
  const comment = docComment(schema, example, received)
  // The client writes and parses embedded JSON text: the caller has its content.
  if (schema.contentSchema) {
    const { title: _, ...inner } = typeSchema(schema.contentSchema, parsed(example), received)
    return { ...inner, ...(comment.title && { title: comment.title }) }
  }
  const { properties, items, oneOf, type, required, additionalProperties } = schema
  const values = schema.enum ?? schema['x-extensible-enum']
  return {
    ...comment,
    ...(type && { type }),
    ...(required && { required }),
    ...(additionalProperties !== undefined && { additionalProperties }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [
          name,
          typeSchema(value, member(example, name), received),
        ]),
      ),
    }),
    ...(items && { items: typeSchema(items, Array.isArray(example) ? example[0] : undefined, received) }),
    ...(oneOf && { oneOf: oneOf.map((one) => typeSchema(one, example, received)) }),
    ...(values && { values, open: schema.enum === undefined }),
    ...(schema['x-or-string'] && { orString: true }),
    ...(schema['x-file'] && { file: true }),
  }
}

function member(value: unknown, name: string): unknown {
  const held = value !== null && typeof value === 'object' && Object.hasOwn(value, name)
  return held ? (value as Record<string, unknown>)[name] : undefined
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
