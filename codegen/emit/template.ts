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

/**
 * @throws SyntaxError when a template interpolates without a helper
 */
export function assertHelpersOnly(source: string, name: string): void {
  const visitor = new Handlebars.Visitor()
  visitor.MustacheStatement = ({ path, params, loc }: hbs.AST.MustacheStatement) => {
    const helper = path.type === 'PathExpression' ? (path as hbs.AST.PathExpression).original : ''
    if (helper in helpers && params.length === 1) return
    throw new SyntaxError(
      `${name}.hbs:${loc.start.line}: {{${helper}}} writes text without str, ident or doc`,
    )
  }
  visitor.accept(Handlebars.parse(source))
}
