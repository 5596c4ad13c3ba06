import ts from 'typescript'

/** Parses a generated file. Throws when that fails. */
export function parse(text: string): ts.SourceFile {
  const file = ts.createSourceFile('generated.ts', text, ts.ScriptTarget.Latest, true)
  // The field is not in TypeScript's types. A program would give the same, but takes a hundred times as long.
  const [fault] = (file as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] }).parseDiagnostics
  if (fault) throw new SyntaxError(ts.flattenDiagnosticMessageText(fault.messageText, '\n'))
  return file
}

/** What the text of a page must not change: kinds of nodes and identifiers, without strings and comments. */
export function skeleton(text: string): string {
  const lines: string[] = []
  const visit = (node: ts.Node, depth: number): void => {
    const name = ts.isIdentifier(node) ? ` ${node.text}` : ''
    lines.push(`${' '.repeat(depth)}${ts.SyntaxKind[node.kind]}${name}`)
    node.forEachChild((child) => visit(child, depth + 1))
  }
  visit(parse(text), 0)
  return lines.join('\n')
}

/** The values of all strings in a file, in their order. */
export function strings(text: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text)
    node.forEachChild(visit)
  }
  visit(parse(text))
  return found
}

/** The names of a file's top-level declarations; `undefined` for any other statement. */
export function declared(text: string): (string | undefined)[] {
  return parse(text)
    .statements.filter((statement) => !ts.isImportDeclaration(statement))
    .map((statement) =>
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
        ? statement.name.text
        : undefined,
    )
}

/** The executable part of a file: without comments and types. */
export function executable(text: string): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    removeComments: true,
  }
  return ts
    .transpileModule(text, { compilerOptions })
    .outputText.replace(/^export \{\};\s*/, '')
    .trim()
}

/** The text of all comments in a file, without their delimiters. */
export function comments(text: string): string[] {
  const found = new Map<number, string>()
  const visit = (node: ts.Node): void => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ])
      found.set(range.pos, text.slice(range.pos, range.end).replace(/^\/\*+|\*\/$/g, ''))
    node.forEachChild(visit)
  }
  visit(parse(text))
  return [...found.values()]
}
