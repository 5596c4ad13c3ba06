import { createRequire } from 'node:module'
import type { astToString, GlobalContext, transformSchemaObject } from 'openapi-typescript'
import type ts from 'typescript'
import type { Schema } from '../openapi/document.ts'
import { doc } from './literal.ts'

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

/** `export interface Name { … }`, or a type alias when the schema is not a plain object. */
export function declareType(name: string, schema: Schema): ts.Node {
  const { typescript, transformSchemaObject } = loadLibraries()
  const { factory, SyntaxKind } = typescript
  // Only enums and discriminators use a path, and writing it takes longer with each level.
  const type = transformSchemaObject(typeSchema(schema) as never, { ctx: context })
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

/** A schema reduced to what openapi-typescript needs: a line of comment and the type. */
interface TypeSchema {
  title?: string
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

function typeSchema(schema: Schema & { 'x-or-string'?: true; 'x-file'?: true }): TypeSchema {
  // The client writes and parses embedded JSON text: the caller has its content.
  if (schema.contentSchema) return { ...typeSchema(schema.contentSchema), ...titled(schema) }
  const { properties, items, oneOf, type, required, additionalProperties } = schema
  const values = schema.enum ?? schema['x-extensible-enum']
  return {
    ...titled(schema),
    ...(type && { type }),
    ...(required && { required }),
    ...(additionalProperties !== undefined && { additionalProperties }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, typeSchema(value)]),
      ),
    }),
    ...(items && { items: typeSchema(items) }),
    ...(oneOf && { oneOf: oneOf.map(typeSchema) }),
    ...(values && { values, open: schema.enum === undefined }),
    ...(schema['x-or-string'] && { orString: true }),
    ...(schema['x-file'] && { file: true }),
  }
}

function titled(schema: Schema): { title?: string } {
  const title = comment(schema)
  return title === '' ? {} : { title }
}

const encrypted = {
  wechatpay: '明文，由客户端加密',
  merchant: '明文，由客户端解密',
  apiv3: '密文：APIv3密钥加密',
}
const units = { fen: '单位：分', seconds: '单位：秒' }

function comment(schema: Schema): string {
  const inner = schema.items ?? schema
  const label = schema.description ?? ''
  const notes = [
    inner['x-unit'] && !label.includes('单位') && units[inner['x-unit']],
    inner['x-encrypted'] && encrypted[inner['x-encrypted']],
  ].filter(Boolean)
  const said = notes.join('；')
  return doc(label && said ? `${label}（${said}）` : label || said)
}
