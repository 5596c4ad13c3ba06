import { join } from 'node:path'
import ts from 'typescript'
import { root } from './documents.ts'
import type { Program } from './programs.ts'

/** What TypeScript says of a line of a document. */
export interface Problem {
  document: string
  line: number
  message: string
}

/**
 * Compiles programs in the folder of an app, all at once: as strict as an app may be, with Node's types and without
 * the DOM's.
 */
export function checkPrograms(folder: string, programs: readonly Program[]): Problem[] {
  const byName = new Map(programs.map((program) => [join(folder, program.file), program]))
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const text = byName.get(name)?.text
    return text === undefined
      ? getSourceFile(name, languageVersion, ...rest)
      : ts.createSourceFile(name, text, languageVersion)
  }
  const { fileExists } = host
  host.fileExists = (name) => byName.has(name) || fileExists(name)
  const compiled = ts.createProgram([...byName.keys()], options, host)
  const found = [...byName].flatMap(([name, program]) => {
    const file = compiled.getSourceFile(name)!
    return [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)].map(
      ({ start = 0, messageText, code }) => ({
        document: program.document,
        line: file.getLineAndCharacterOfPosition(start).line + 1,
        message: `TS${code} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      }),
    )
  })
  for (const { messageText } of [...compiled.getOptionsDiagnostics(), ...compiled.getGlobalDiagnostics()])
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
  return found
}

const options: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noEmit: true,
}
