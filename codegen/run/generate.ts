import { byPlace, type Diagnostic } from '../docs/diagnostics.ts'
import { listFiles } from '../docs/page-files.ts'
import { type Documentation, type PageStore, readListed } from '../docs/read.ts'
import type { Document } from '../openapi/document.ts'
import { carryOver } from '../spec/carry-over.ts'
import { checkEncryption } from '../spec/check-encryption.ts'
import { compile } from '../spec/compile.ts'
import type { Descriptions } from '../spec/context.ts'
import { correct } from '../spec/correct.ts'
import type { OverlayFinding } from '../spec/overlay-finding.ts'
import { Cache } from './cache.ts'
import { Output } from './output.ts'
import { renderDocuments } from './render.ts'
import { SecondThread } from './second-thread.ts'
import { recover } from './transaction.ts'

export interface PlanOptions {
  /** The folder that gets `spec/` and `generated/`. */
  out: string
  descriptions?: Descriptions
  /** The module of the runtime, as `generated/runtime.ts` imports it. Default: `wechatpay-fetch/runtime`. */
  runtime?: string | undefined
  /** Only these domains (`webhooks` for the notifications). */
  only?: ReadonlySet<string>
  /** Told after each stage. */
  progress?: (stage: Stage, detail: string) => void
}

export interface GenerateOptions extends PlanOptions {
  /** The documentation folder, or one page. */
  docs: string
  /** A folder for results that the next run can use; nothing is kept without it. */
  cache?: string | undefined
}

/** The stages of a run, in their order. */
type Stage = 'read' | 'spec' | 'types' | 'write'

/** Everything a run would write. */
export interface Plan {
  documentation: Documentation
  /** The documents asked for, by name. */
  documents: ReadonlyMap<string, Document>
  findings: Diagnostic[]
  /** Text by path below `out`. */
  files: ReadonlyMap<string, string>
  /** What is wrong with the overlays, or cannot be derived for brands: the pages moved on, or an overlay does. */
  corrections: OverlayFinding[]
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
  recover(options.out)
  return write(await plan(options), options)
}

/** Brings the output folder to what was planned. */
export async function write(planned: Plan, { out, only, progress }: PlanOptions): Promise<GenerateResult> {
  const output = new Output(out)
  // A folder without any page is a mistake, not a documentation that lost all of its operations.
  const failed =
    planned.documentation.pages.length === 0 || planned.findings.some(({ severity }) => severity === 'error')
  const stale = failed || only !== undefined ? [] : await staleFiles(output, planned.documents)
  const changed = await output.apply(planned.files, stale)
  progress?.('write', `${changed.length} changed`)
  return { ...planned, changed }
}

/** What `generate` would write, without writing it. */
export async function plan(options: GenerateOptions): Promise<Plan> {
  const { docs, out, only, progress, runtime } = options
  const listed = await listFiles(docs)
  const cache = options.cache === undefined ? undefined : new Cache(options.cache, docs)
  const thread = SecondThread.for(listed.files.length)
  if (!cache || cache.isEmpty) thread?.start()
  try {
    const documentation = readListed(listed, cache && announcing(cache.pages, () => thread?.start()))
    progress?.('read', `${documentation.pages.length} pages`)
    const render: Render = (documents) =>
      renderDocuments(documents, {
        wanted: only,
        runtime,
        printModels: thread?.printModels,
        store: cache?.rendered(out),
      })
    const planned = await planFor(documentation, options, render)
    cache?.save()
    return planned
  } finally {
    await thread?.stop()
  }
}

// A page that is not known changes a document, for which the second thread will be needed: it starts at once.
function announcing(pages: PageStore, onMiss: () => void): PageStore {
  return {
    find(path, bytes) {
      const known = pages.find(path, bytes)
      if (!known) onMiss()
      return known
    },
    keep: (path, bytes, page) => pages.keep(path, bytes, page),
  }
}

/** Turns documents into files, text by path below the output folder. */
type Render = (documents: ReadonlyMap<string, Document>) => Promise<Map<string, string>>

/** The same for pages that were read already. */
export async function planFor(
  documentation: Documentation,
  options: PlanOptions,
  render: Render,
): Promise<Plan> {
  const { progress, descriptions, only } = options
  const { documents, findings: found } = compile(documentation, { ...(descriptions && { descriptions }) })
  const output = new Output(options.out)
  const incomplete = [...documentation.findings, ...found].some(({ severity }) => severity === 'error')
  const corrections = await correct(documents, incomplete || documentation.pages.length === 1)
  const findings = [...documentation.findings, ...found, ...checkEncryption(documentation, documents)].sort(
    byPlace,
  )
  const failed = findings.some(({ severity }) => severity === 'error')
  const kept = failed ? carryOver(documents, await previousDocuments(output), findings) : 0
  // With `--only`, the client still names the domains that an earlier run put beside these.
  const present = only && new Set([...only, ...(await output.domains())])
  const whole = present ? pick(documents, present) : documents
  progress?.('spec', `${whole.size} documents`)
  const files = whole.size === 0 ? new Map<string, string>() : await render(whole)
  progress?.('types', `${files.size} files`)
  return {
    documentation,
    documents: only ? pick(documents, only) : documents,
    findings,
    files,
    corrections,
    kept,
  }
}

function pick(documents: ReadonlyMap<string, Document>, names: ReadonlySet<string>): Map<string, Document> {
  return new Map([...documents].filter(([name]) => names.has(name)))
}

async function previousDocuments(output: Output): Promise<Map<string, Document>> {
  const previous = new Map<string, Document>()
  for (const name of await output.names()) previous.set(name, await output.document(name))
  return previous
}

/** What a former run wrote and no page gives any more; files of other origin are not among it. */
export async function staleFiles(
  output: Output,
  documents: ReadonlyMap<string, Document>,
): Promise<string[]> {
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
