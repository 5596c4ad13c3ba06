import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { data, doc, ident, str } from './literal.ts'

const engine = Handlebars.create()
const helpers = { data, doc, ident, str }
engine.registerHelper(helpers)

/**
 * Compiles a template of `templates/`. A template can write only through the helpers of `literal.ts`: one with a plain
 * interpolation does not load, so that no text of a page reaches code unescaped.
 */
export function template<Data>(name: string): (data: Data) => string {
  const source = readFileSync(new URL(`./templates/${name}.hbs`, import.meta.url), 'utf8')
  assertHelpersOnly(source, name)
  return engine.compile<Data>(source, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((helper) => [helper, true])),
  })
}

const blocks = new Set(['if', 'unless', 'each', 'with'])

/**
 * @throws SyntaxError when a template interpolates without a helper, or uses partials or decorators
 */
export function assertHelpersOnly(source: string, name: string): void {
  const refuse = (what: string, { loc }: hbs.AST.Node): never => {
    throw new SyntaxError(`${name}.hbs:${loc.start.line}: ${what}`)
  }
  const visitor = new Handlebars.Visitor()
  visitor.MustacheStatement = (statement: hbs.AST.MustacheStatement) => {
    const helper = nameOf(statement.path)
    if (Object.hasOwn(helpers, helper) && statement.params.length === 1) return
    refuse(`{{${helper}}} writes text without a helper: ${Object.keys(helpers).join(', ')}`, statement)
  }
  const walk = visitor.BlockStatement.bind(visitor)
  visitor.BlockStatement = (statement: hbs.AST.BlockStatement) => {
    const name = nameOf(statement.path)
    if (!blocks.has(name)) refuse(`{{#${name}}} is not one of ${[...blocks].join(', ')}`, statement)
    walk(statement)
  }
  visitor.PartialStatement = (statement: hbs.AST.PartialStatement) =>
    refuse('partials are not allowed', statement)
  visitor.PartialBlockStatement = (statement: hbs.AST.PartialBlockStatement) =>
    refuse('partials are not allowed', statement)
  visitor.DecoratorBlock = (statement: hbs.AST.DecoratorBlock) =>
    refuse('decorators are not allowed', statement)
  visitor.Decorator = (statement: hbs.AST.Decorator) => refuse('decorators are not allowed', statement)
  visitor.accept(Handlebars.parse(source))
}

function nameOf(path: hbs.AST.Expression): string {
  return path.type === 'PathExpression' ? (path as hbs.AST.PathExpression).original : ''
}
