import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { doc, ident, str } from './literal.ts'

const engine = Handlebars.create()
const helpers = { str, ident, doc }
engine.registerHelper(helpers)

/**
 * Compiles a template of `templates/`. A template can only write through the helpers of `literal.ts`: a plain
 * interpolation is refused, so that no text of a page reaches code unescaped.
 */
export function template<Data>(name: string): (data: Data) => string {
  const source = readFileSync(new URL(`./templates/${name}.hbs`, import.meta.url), 'utf8')
  assertHelpersOnly(source, name)
  return engine.compile<Data>(source, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { str: true, ident: true, doc: true },
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
    refuse(`{{${helper}}} writes text without str, ident or doc`, statement)
  }
  const walk = visitor.BlockStatement.bind(visitor)
  visitor.BlockStatement = (statement: hbs.AST.BlockStatement) => {
    if (!blocks.has(nameOf(statement.path)))
      refuse(`{{#${nameOf(statement.path)}}} is no block of a template`, statement)
    walk(statement)
  }
  visitor.PartialStatement = (statement: hbs.AST.PartialStatement) => refuse('a partial', statement)
  visitor.PartialBlockStatement = (statement: hbs.AST.PartialBlockStatement) => refuse('a partial', statement)
  visitor.DecoratorBlock = (statement: hbs.AST.DecoratorBlock) => refuse('a decorator', statement)
  visitor.Decorator = (statement: hbs.AST.Decorator) => refuse('a decorator', statement)
  visitor.accept(Handlebars.parse(source))
}

function nameOf(path: hbs.AST.Expression): string {
  return path.type === 'PathExpression' ? (path as hbs.AST.PathExpression).original : ''
}
