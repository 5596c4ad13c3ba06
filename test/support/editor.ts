import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { compilerOptions, languageService } from './type-check.ts'

/** What an editor asks of TypeScript, about a file that is only in memory and lies in `test/types/`. */
export class Editor {
  private readonly name = fileURLToPath(new URL('../types/in-memory.ts', import.meta.url))
  private readonly file = { name: this.name, text: '', version: 0 }
  private readonly service = languageService([this.name], compilerOptions, this.file)

  /** The names that are offered where the `|` stands. */
  completions(marked: string): string[] {
    const at = this.open(marked)
    const found = this.service.getCompletionsAtPosition(this.name, at, { includeInsertTextCompletions: true })
    return (found?.entries ?? []).map(({ name }) => name)
  }

  /** The type and the documentation shown over what the `|` stands behind. */
  hover(marked: string): { type: string; docs: string; tags: string[] } {
    const info = this.service.getQuickInfoAtPosition(this.name, this.open(marked) - 1)
    return {
      type: ts.displayPartsToString(info?.displayParts),
      docs: ts.displayPartsToString(info?.documentation),
      tags: (info?.tags ?? []).map(({ name, text }) => `${name} ${ts.displayPartsToString(text)}`),
    }
  }

  /** How many types are made anew to check a text. */
  instantiations(text: string): number {
    this.open(text)
    const program = this.service.getProgram()!
    const errors = program.getSemanticDiagnostics(program.getSourceFile(this.name))
    if (errors.length > 0) throw new Error(ts.flattenDiagnosticMessageText(errors[0]!.messageText, '\n'))
    // Not in the declarations, but what --extendedDiagnostics prints.
    return (program as unknown as { getInstantiationCount(): number }).getInstantiationCount()
  }

  private open(marked: string): number {
    this.file.text = marked.replace('|', '')
    this.file.version++
    return marked.indexOf('|')
  }
}
