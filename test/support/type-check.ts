import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** As a strict app is set up, but for `exactOptionalPropertyTypes`, which the tests turn on and off. */
export const compilerOptions: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: false,
  types: [],
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
}

/** For messages. */
export const host: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => '',
  getNewLine: () => '\n',
}

// Parsed and bound once for all test files of a process: that takes ten times as long as checking one of them.
const registry = ts.createDocumentRegistry()

/** What answers about files, of which one may be in memory alone. */
export function languageService(
  files: readonly string[],
  options: ts.CompilerOptions,
  memory?: { name: string; text: string; version: number },
): ts.LanguageService {
  const read = (file: string) => (file === memory?.name ? memory.text : ts.sys.readFile(file))
  return ts.createLanguageService(
    {
      getCompilationSettings: () => options,
      getCurrentDirectory: () => fileURLToPath(new URL('../../', import.meta.url)),
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      getScriptFileNames: () => [...files],
      getScriptVersion: (file) => (file === memory?.name ? String(memory.version) : '1'),
      getScriptSnapshot: (file) => {
        const text = read(file)
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
      },
      fileExists: (file) => file === memory?.name || ts.sys.fileExists(file),
      readFile: read,
      directoryExists: ts.sys.directoryExists,
    },
    registry,
  )
}

/** All that TypeScript finds wrong in files. */
export function diagnosticsOf(files: readonly string[], options: ts.CompilerOptions): ts.Diagnostic[] {
  const service = languageService(files, options)
  return files.flatMap((file) =>
    service.getProgram()!.getSemanticDiagnostics(service.getProgram()!.getSourceFile(file)),
  )
}
