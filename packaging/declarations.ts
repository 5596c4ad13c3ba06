import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path/posix'
import ts from 'typescript'

/**
 * Finishes the declarations of some folders: deletes those that no entry reaches, as they describe internals, and makes
 * the others import the types of Web APIs from `web-types`, so that they name no global that an app may lack.
 *
 * @param entries paths of declarations
 * @param webTypes the path of the declarations of those types
 */
export function finishDeclarations(
  folders: readonly string[],
  entries: readonly string[],
  webTypes: string,
): void {
  const texts = reached([...entries, webTypes])
  const names = exportedAliases(parse(webTypes, texts.get(webTypes)!))
  const anyName = new RegExp(`\\b(?:${[...names].join('|')})\\b`)
  for (const path of folders.flatMap(declarationsIn)) {
    const text = texts.get(path)
    if (text === undefined) rmSync(path)
    else if (path !== webTypes && anyName.test(text)) {
      const missing = globalsOf(parse(path, text)).filter((name) => names.has(name))
      if (missing.length === 0) continue
      const from = relative(dirname(path), webTypes).replace(/\.d\.ts$/, '.js')
      const line = `import type { ${missing.join(', ')} } from '${from.startsWith('.') ? from : `./${from}`}';\n`
      writeFileSync(path, line + text)
    }
  }
}

/** Paths of all declarations in a folder. */
function declarationsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(folder, name.replaceAll('\\', '/')))
}

/** The text of each declaration that some entries reach, by path. */
function reached(entries: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>()
  const queue = [...entries]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (texts.has(path)) continue
    const text = readFileSync(path, 'utf8')
    texts.set(path, text)
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      const file = join(dirname(path), fileName.replace(/\.[jt]s$/, '.d.ts'))
      if (fileName.startsWith('.') && existsSync(file)) queue.push(file)
    }
  }
  return texts
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022)
}

function exportedAliases(file: ts.SourceFile): Set<string> {
  const aliases = file.statements.filter(ts.isTypeAliasDeclaration)
  const isExported = ({ modifiers }: ts.TypeAliasDeclaration) =>
    modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  return new Set(aliases.filter(isExported).map(({ name }) => name.text))
}

/** The types that a file names, and neither imports nor declares. */
function globalsOf(file: ts.SourceFile): string[] {
  const used = new Set<string>()
  const own = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) used.add(node.typeName.text)
    if (ts.isImportSpecifier(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node))
      own.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return [...used].filter((name) => !own.has(name)).sort()
}
