import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import MarkdownIt from 'markdown-it'

/** The repository. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A fenced block of a document. */
export interface CodeBlock {
  /** `docs/guide.md` */
  document: string
  /** Line of the document that the code starts at, from 1. */
  line: number
  /** First word of the info string: `ts`, `sh`, or nothing. */
  language: string
  code: string
}

/** A piece of code within a sentence. */
export interface CodeSpan {
  document: string
  /** Line of the paragraph or table row. */
  line: number
  code: string
}

const documents = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
]

/** All code of the documents. */
export function readCode(names: readonly string[] = documents): { blocks: CodeBlock[]; spans: CodeSpan[] } {
  const markdown = new MarkdownIt()
  const blocks: CodeBlock[] = []
  const spans: CodeSpan[] = []
  for (const document of names) {
    for (const { type, info, content, map, children } of markdown.parse(
      readFileSync(join(root, document), 'utf8'),
      {},
    )) {
      const line = (map?.[0] ?? 0) + 1
      if (type === 'fence') {
        blocks.push({ document, line: line + 1, language: info.trim().split(/\s/)[0] ?? '', code: content })
      }
      for (const child of children ?? []) {
        if (child.type === 'code_inline') spans.push({ document, line, code: child.content })
      }
    }
  }
  return { blocks, spans }
}
