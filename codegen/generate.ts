import { byPlace, type Diagnostic } from './docs/diagnostics.ts'
import { type Documentation, readDocumentation } from './docs/read.ts'
import { emitDocument, emitWhole } from './emit/emit.ts'
import type { PathExports } from './emit/paths.ts'
import { Output } from './output.ts'
import { carryOver } from './spec/carry-over.ts'
import { compile } from './spec/compile.ts'
import type { Descriptions } from './spec/context.ts'
import type { Document } from './spec/document.ts'
import { toYaml } from './spec/yaml.ts'

export interface GenerateOptions {
  /** The documentation folder, or one page. */
  docs: string
  /** The folder that gets `spec/` and `generated/`. */
  out: string
  descriptions?: Descriptions
  /** Only these domains (`webhooks` for the notifications). */
  only?: ReadonlySet<string>
  /** Told after each stage. */
  progress?: (stage: Stage, detail: string) => void
}

/** The stages of a run, in their order. */
export type Stage = 'read' | 'spec' | 'types' | 'write'

/** Everything a run would write. */
export interface Plan {
  documentation: Documentation
  documents: ReadonlyMap<string, Document>
  findings: Diagnostic[]
  /** Text by path below `out`. */
  files: ReadonlyMap<string, string>
  /** Operations kept from the last run because their pages do not compile now. */
  kept: number
}

export interface GenerateResult extends Plan {
  /** Files written or removed, below `out`. */
  changed: string[]
}

/**
 * Pages to spec to TypeScript. Pages with errors are left out, and what the last run made of them stays.
 * @throws for a file that cannot be written; never for what a page holds
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const planned = await plan(options)
  const output = new Output(options.out)
  const failed = planned.findings.some(({ severity }) => severity === 'error')
  const stale = failed || options.only !== undefined ? [] : await staleFiles(output, planned.documents)
  const changed = await output.apply(planned.files, stale)
  options.progress?.('write', `${changed.length} changed`)
  return { ...planned, changed }
}

/** What `generate` would write, without writing it. */
export async function plan(options: GenerateOptions): Promise<Plan> {
  const { progress = () => {} } = options
  const documentation = await readDocumentation(options.docs)
  progress('read', `${documentation.pages.length} pages`)
  const compilation = compile(documentation, options)
  const findings = [...documentation.findings, ...compilation.findings].sort(byPlace)
  const { documents } = compilation
  const output = new Output(options.out)
  const failed = findings.some(({ severity }) => severity === 'error')
  const kept = failed ? carryOver(documents, await wantedDocuments(output, options), findings) : 0
  progress('spec', `${documents.size} documents`)
  const files = new Map<string, string>()
  const exported = new Map<string, PathExports>()
  for (const [name, document] of documents) {
    files.set(`spec/${name}.yaml`, toYaml(document))
    const emitted = emitDocument(name, document)
    if (emitted.exports) exported.set(name, emitted.exports)
    for (const { path, text } of emitted.files) files.set(`generated/${path}`, text)
  }
  if (documents.size === 0) return { documentation, documents, findings, files, kept }
  await addNeighbours(exported, documentation, output, options)
  for (const { path, text } of emitWhole(documents, [...exported.values()]))
    files.set(`generated/${path}`, text)
  progress('types', `${files.size} files`)
  return { documentation, documents, findings, files, kept }
}

async function wantedDocuments(output: Output, { only }: GenerateOptions): Promise<Map<string, Document>> {
  const previous = new Map<string, Document>()
  for (const name of await output.names())
    if (!only || only.has(name)) previous.set(name, await output.document(name))
  return previous
}

// With `--only`, the client still names the domains that an earlier run put beside these.
async function addNeighbours(
  exported: Map<string, PathExports>,
  documentation: Documentation,
  output: Output,
  { only, descriptions }: GenerateOptions,
): Promise<void> {
  if (only === undefined) return
  const present = (await output.domains()).filter((name) => !only.has(name))
  if (present.length === 0) return
  const neighbours = compile(documentation, { ...(descriptions && { descriptions }), only: new Set(present) })
  for (const [name, document] of neighbours.documents) {
    const { exports } = emitDocument(name, document)
    if (exports) exported.set(name, exports)
  }
}

// What a former run wrote and no page gives any more; files of other origin stay.
async function staleFiles(output: Output, documents: ReadonlyMap<string, Document>): Promise<string[]> {
  const stale: string[] = []
  for (const name of await output.names()) {
    if (!documents.has(name) && (await output.isGenerated(`spec/${name}.yaml`)))
      stale.push(`spec/${name}.yaml`)
  }
  for (const name of await output.domains()) {
    if (!documents.has(name) && (await output.isGenerated(`generated/${name}/models.ts`)))
      stale.push(`generated/${name}`)
  }
  return stale
}
