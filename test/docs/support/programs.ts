import type { CodeBlock } from './documents.ts'

/** TypeScript samples of one document that continue each other. */
export interface Program {
  document: string
  samples: CodeBlock[]
  /** Name of its file: no two programs have the same. */
  file: string
  /** Its lines have the numbers that they have in the document. */
  text: string
}

/** Is it a TypeScript sample? */
export function isTypeScript({ language }: CodeBlock): boolean {
  return language === 'ts' || language === 'typescript'
}

/**
 * Joins samples as a reader would: each continues the one above it in its document, unless it imports `createClient`
 * under that name, which starts a new program.
 */
export function programsOf(blocks: readonly CodeBlock[]): Program[] {
  const groups: CodeBlock[][] = []
  for (const sample of blocks.filter(isTypeScript)) {
    const current = groups.at(-1)
    if (current?.[0]?.document === sample.document && !startsProgram(sample)) current.push(sample)
    else groups.push([sample])
  }
  return groups.map((samples) => {
    const { document, line } = samples[0]!
    return { document, samples, file: `${document.replaceAll('/', '-')}-${line}.ts`, text: textOf(samples) }
  })
}

function startsProgram({ code }: CodeBlock): boolean {
  return /^import [^;]*?\bcreateClient\b(?! as )[^;]*? from 'wechatpay-fetch/m.test(code)
}

function textOf(samples: readonly CodeBlock[]): string {
  let text = ''
  let next = 1
  for (const { line, code } of samples) {
    text += '\n'.repeat(line - next) + code
    next = line + code.split('\n').length - 1
  }
  return text
}

/** A place in a program as the place in its document: `docs/guide.md:48`. */
export function inDocuments(text: string, programs: readonly Program[]): string {
  return programs.reduce(
    (told, { file, document }) => told.replaceAll(new RegExp(`[^\\s()]*${escaped(file)}`, 'g'), document),
    text,
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
