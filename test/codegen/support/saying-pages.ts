import ts from 'typescript'
import * as assert from 'uvu/assert'
import { readDocumentation } from '../../../codegen/docs/read.ts'
import { type DomainExports, emitDocument, emitWhole } from '../../../codegen/emit/emit.ts'
import type { Document } from '../../../codegen/openapi/document.ts'
import { compile } from '../../../codegen/spec/compile.ts'
import { fromYaml, toYaml } from '../../../codegen/spec/yaml.ts'
import { withFolder } from './folder.ts'
import { notificationPage, page } from './page.ts'
import { comments, executable, parse, skeleton } from './skeleton.ts'

/** What the compiler made of pages. */
export interface Made {
  documents: ReadonlyMap<string, Document>
  /** Text of the generated files, by path. */
  files: Map<string, string>
  errors: string[]
}

/** Everything that is made of pages with `text` wherever a page may have text. */
export function make(text: string): Promise<Made> {
  return makeOf(pagesSaying(text))
}

/** Everything that is made of pages, by file name. */
export async function makeOf(pages: Record<string, string>): Promise<Made> {
  const made: Made = { documents: new Map(), files: new Map(), errors: [] }
  await withFolder(pages, async (folder) => {
    const documentation = await readDocumentation(folder)
    const { documents, findings } = compile(documentation, { descriptions: 'full' })
    made.errors = [...documentation.findings, ...findings]
      .filter(({ severity }) => severity === 'error')
      .map(({ file, rule, message }) => `${file} ${rule} ${message}`)
    const exported: DomainExports[] = []
    const files = [...documents].flatMap(([name, document]) => {
      const emitted = emitDocument(name, document)
      if (emitted.exports) exported.push(emitted.exports)
      return emitted.files
    })
    for (const { path, text: code } of [...files, ...emitWhole(exported, 'wechatpay-fetch/runtime')])
      made.files.set(path, code)
    made.documents = documents
  })
  return made
}

function pagesSaying(text: string): Record<string, string> {
  const cell = entities(text)
  const value = text.replace(/[`\n\r\\|]/g, '') || 'A'
  const php = text.replace(/[\\']/g, '\\$&').replaceAll('```', '')
  const url = `https://example.com/${encodeURI(text.replace(/\p{Cs}/gu, ''))}`
  return {
    'openapi/index.md': `| ${text.replace(/[\n\r|{}\\]/g, ' ')}组 {rowspan=1} | [x](/openapi/v3/pens/{pen_id}) {colspan=2}\n`,
    'openapi/v3/pens/{pen_id}.md': page({
      title: `写${text}`,
      text: `写${text}`,
      path: 'v3/pens/{pen_id}',
      above: `::: danger :x: {.im-deprecated}\n\n${cell} [新](</openapi/v3/${encodeURI(value.replace(/\p{Cs}/gu, ''))}>) [坏](/%E0%A4%A)\n\n:::`,
      request: [
        `| pen_id {data-required} | string | 编号${cell}`,
        '| json {data-required} | object | 数据',
        `| ink {data-indent=1} | string | 墨${cell}<br/>\`${value}\` \\| \`OK\` 枚举值之一<br/>默认为\`${value}\``,
        `| note {data-indent=1} | string {data-tooltip="x"} | ${cell}注`,
        `| constructor {data-indent=1} | object[] | 造${cell}`,
        `| toString {data-indent=2} | string[] | ${cell}<br/>\`${value}\` 枚举值`,
      ],
      response: [`| valueOf | string | 值${cell}<br/>\`${value}\` \\| \`OK\` 枚举值之一`],
      options: `['pen_id' => '${php}', 'json' => ['ink' => 'OK', 'note' => '${php}', '__proto__' => '${php}', 'constructor' => [['toString' => []]]]]`,
      below: `参阅 [官方](<${url}>)`,
    }),
    'webhook/v3/PEN.SOLD.md': notificationPage({
      title: `${text}通知`,
      plaintext: [
        `| hasOwnProperty {data-indent=3} | string | ${cell}<br/>\`${value}\` \\| \`OK\` 枚举值之一`,
        `| valueOf {data-indent=3} | string {data-encrypted=by-rsa-pubkey} | ${cell}密`,
        '| __defineGetter__ {data-indent=3} | object | 器',
        `| price {data-indent=4} | integer | ${cell}价，单位为分`,
      ],
    }),
  }
}

// Every character as a numeric reference, which Markdown turns into the character without interpreting it.
function entities(text: string): string {
  return [...text].map((character) => `&#${character.codePointAt(0)};`).join('')
}

/** Texts that mean something to a language on the way. */
export const hostile = [
  '*/ alert(1) /*',
  '*/}; process.exit(1); export interface X { /**',
  '`${process.exit(1)}`',
  '${process.exit(1)}',
  "'; process.exit(1); '",
  '"; process.exit(1); "',
  "\\'; process.exit(1); //",
  '\n*/\nprocess.exit(1)\n/*\n',
  '\r\nprocess.exit(1)\r\n',
  '\u2028process.exit(1)\u2029',
  '</script><script>alert(1)</script>',
  '<!-- -->',
  '{{a}} {{{b}}} {{> c}} {{#each d}}',
  '{% raw %} <%= x %> #{x} @{x}',
  '@deprecated @see @type {never} {@link x}',
  '__proto__',
  'constructor',
  '\u202eevil\u202c \u200b\u200d\ufeff',
  '*\u200b/ process.exit(1) /\u200b*',
  '\u{e0041}\u{1d173}',
  '\\u002a\\u002f \\x2a/',
  '--- \n: - ? & * ! | > % @ ` # yaml: [a, {b: c}]',
  '!!js/function "x" &a *a <<: *a',
  '=1+1',
  'x'.repeat(300),
]

/** What is made of pages with a plain text. */
export const plain = await make('字')
const expected = new Map([...plain.files].map(([path, code]) => [path, skeleton(code)]))

/** What must hold for any text. */
export function check(made: Made, text: string): void {
  assert.equal(made.errors, [], text)
  assert.equal([...made.files.keys()], [...plain.files.keys()])
  for (const [path, code] of made.files) {
    assert.is(skeleton(code), expected.get(path), `${path} of ${text}`)
    assert.not.match(code, /[\p{Cf}\u2028\u2029]|[^\P{Cc}\n]/u, `${path} of ${text}`)
    for (const comment of comments(code)) assert.not.match(comment, '*/')
  }
  for (const document of made.documents.values()) {
    assert.is(JSON.stringify(fromYaml(toYaml(document))), JSON.stringify(document), text)
    assert.not.match(toYaml(document), /[^\P{Cc}\n\t]/u)
    assertOwn(document)
  }
}

function assertOwn(value: unknown): void {
  if (value === null || typeof value !== 'object') return
  const prototype = Object.getPrototypeOf(value)
  assert.ok([null, Object.prototype, Array.prototype].includes(prototype))
  for (const inner of Object.values(value)) assertOwn(inner)
}

/** What must hold for any pages: the code parses, and what runs in it is fixed text and tables of strings. */
export function checkCode({ files, documents }: Made): void {
  for (const [path, code] of files) {
    assert.not.match(code, /[\p{Cf}\u2028\u2029]|[^\P{Cc}\n]/u, path)
    if (!parse(code).statements.every(isErased)) assert.ok(runsAsIntended(path, code), `${path} runs`)
  }
  for (const document of documents.values()) assertOwn(document)
}

const creates =
  /^import \{ clientOf, pathsOf,? \} from '\.\.\/runtime\.ts'; import \{ operations \} from '\.\/operations\.ts'; export \{ operations \}; export function createClient\(options, \.\.\.others\) \{ return clientOf\(\[operations, \.\.\.others\], options\); \} export function pathClient\(client\) \{ return pathsOf\(client\); \}$/

/** All code that may run, by the name of its file, with single blanks. */
const runs: Readonly<Record<string, RegExp>> = {
  'runtime.ts': /^export \* from 'wechatpay-fetch\/runtime';$/,
  'client.ts': new RegExp(
    creates.source
      .replace("import \\{ clientOf, pathsOf,? \\} from '\\.\\.\\/runtime\\.ts'; ", '')
      .replace('export \\{ op', "import \\{ clientOf, pathsOf, \\} from '\\.\\/runtime\\.ts'; export \\{ op"),
  ),
  'chain.ts':
    /^import \{ chainOf \} from '\.\/runtime\.ts'; export function chain\(client\) \{ return chainOf\(client\); \}$/,
  'operations.ts':
    /^(?:import \{ operations as (?:\w+) \} from '\.\/[\w.-]+\/operations\.ts'; )*export const operations = \{ lines: \[ ?(?:\.\.\.\w+\.lines,? )*\], \};$/,
}

/** Whether only what is intended runs in a generated file. */
export function runsAsIntended(path: string, code: string): boolean {
  const running = executable(code).replace(/\s+/g, ' ')
  const [, within] = /^[\w.-]+\/(\w+\.ts)$/.exec(path) ?? []
  if (within === 'operations.ts') return isTable(code)
  if (within === 'client.ts') return creates.test(running)
  if (within === 'notifications.ts') {
    const [, table] =
      /^import \{ receiverOf, \} from '\.\.\/runtime\.ts'; export function createNotifications\(options\) \{ return receiverOf\((\{.*\}), options\); \}$/.exec(
        running,
      ) ?? []
    return table !== undefined && isTable(`export const table = ${table};`)
  }
  return runs[path]?.test(running) === true
}

/** Whether nothing is left of a statement at run time. */
function isErased(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return statement.importClause?.isTypeOnly === true
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly
  return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
}

/** Whether a file of a table executes data alone. */
function isTable(code: string): boolean {
  const [statement, ...more] = parse(executable(code)).statements
  if (more.length > 0 || !statement || !ts.isVariableStatement(statement)) return false
  const { declarations } = statement.declarationList
  return (
    declarations.length === 1 &&
    declarations[0]!.initializer !== undefined &&
    isData(declarations[0]!.initializer)
  )
}

/** Literals, lists and objects of them, and nothing that runs. */
function isData(node: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isData)
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) =>
        ts.isPropertyAssignment(property) &&
        (ts.isStringLiteral(property.name) || ts.isIdentifier(property.name)) &&
        property.name.text !== '__proto__' &&
        isData(property.initializer),
    )
  }
  return ts.isStringLiteral(node) || node.kind === ts.SyntaxKind.TrueKeyword
}
