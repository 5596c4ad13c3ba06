import { operationsOf } from '../openapi/operations.ts'
import type { GenerateResult } from './generate.ts'

/** What a run did, for a machine; `text` is the same for a person. */
export interface Summary {
  pages: {
    read: number
    operations: number
    notifications: number
    v2: number
    moved: number
    index: number
    failed: number
  }
  operations: { compiled: number; written: number; merged: number; kept: number }
  webhooks: number
  findings: { error: number; warning: number; info: number }
  changed: string[]
  written: { method: string; path: string; page: string }[]
  text: string
}

/** Counts a run, so that the pages read and what became of them add up. */
export function summarize({ documentation, documents, findings, changed, kept }: GenerateResult): Summary {
  const { pages } = documentation
  const failing = new Set(findings.filter(({ severity }) => severity === 'error').map(({ file }) => file))
  const count = (test: (page: (typeof pages)[number]) => boolean) => pages.filter(test).length
  const written = [...documents.values()].flatMap((document) =>
    operationsOf(document).map(({ method, path, operation }) => ({
      method: method.toUpperCase(),
      path,
      page: operation['x-source'],
    })),
  )
  const webhooks = [...documents.values()].reduce(
    (sum, { webhooks: own }) => sum + Object.keys(own ?? {}).length,
    0,
  )
  const severities = { error: 0, warning: 0, info: 0 }
  for (const { severity } of findings) severities[severity]++
  const failed = count((page) => failing.has(page.file))
  const good = (kind: string) => count((page) => page.kind === kind && !failing.has(page.file))
  const summary = {
    pages: {
      read: pages.length,
      operations: good('operations'),
      notifications: good('notification'),
      v2: good('v2'),
      moved: good('moved'),
      index: good('index'),
      failed,
    },
    operations: {
      compiled: pages.reduce((sum, page) => sum + page.operations.length, 0),
      written: written.length,
      merged: findings.filter(({ rule }) => rule === 'operation-merged').length,
      kept,
    },
    webhooks,
    findings: severities,
    changed,
    written,
  }
  return { ...summary, text: sentence(summary) }
}

function sentence({ pages, operations, webhooks, findings, changed }: Omit<Summary, 'text'>): string {
  const parts = [
    `${pages.read} pages: ${pages.operations} with operations, ${pages.notifications} with notifications, ` +
      `${pages.v2} of APIv2 skipped, ${pages.moved} moved, ${pages.index} index, ${pages.failed} with errors`,
    `${operations.written} operations and ${webhooks} notifications in the spec` +
      `${operations.merged > 0 ? ` (${operations.merged} merged with its twin)` : ''}` +
      `${operations.kept > 0 ? ` (${operations.kept} kept from the last run)` : ''}`,
    `${findings.warning} warnings and ${findings.info} notes (listed by npm run check), ${changed.length} files changed`,
  ]
  return parts.join('\n')
}
