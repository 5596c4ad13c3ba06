import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Diagnostic } from '../docs/diagnostics.ts'
import { checkExamples } from '../spec/check-examples.ts'
import type { Descriptions } from '../spec/context.ts'
import { lint } from '../spec/lint.ts'
import { toYaml } from '../spec/yaml.ts'
import { plan, staleFiles } from './generate.ts'
import { Output } from './output.ts'

export interface CheckOptions {
  docs: string
  descriptions?: Descriptions
  only?: ReadonlySet<string>
  /** A folder whose `spec/` and `generated/` must be what the pages give. */
  drift?: string
  /** The module of the runtime, as `generated/runtime.ts` imports it. Default: `wechatpay-fetch/runtime`. */
  runtime?: string | undefined
}

/** What is wrong with a document or a file, as opposed to a page. */
export interface SpecFinding {
  /** `spec/pay.yaml`, or the path of a generated file. */
  file: string
  /** `drift`, `example`, or the id of Redocly's rule. */
  rule: string
  severity: 'error' | 'warning'
  message: string
}

export interface CheckResult {
  /** What is irregular in the pages. */
  findings: Diagnostic[]
  /** What a gate refuses in the documents made of them. */
  spec: SpecFinding[]
  /** Pages that were read. */
  pages: number
  /** Examples that ajv was given. */
  examples: number
}

/** Compiles the pages, writes nothing, and puts the result through the gates: Redocly, ajv and, if asked, drift. */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { documentation, findings, documents, files, corrections } = await plan({
    ...options,
    out: options.drift ?? '.',
  })
  const spec: SpecFinding[] = []
  for (const { file, line, column, rule, severity, message } of corrections) {
    const text = `${line}:${column} ${message}`
    spec.push({
      file: `spec/${file}`,
      rule,
      severity: severity === 'error' ? 'error' : 'warning',
      message: text,
    })
  }
  let examples = 0
  for (const [name, document] of documents) {
    for (const { rule, severity, pointer, message } of await lint(name, toYaml(document))) {
      spec.push({
        file: `spec/${name}.yaml`,
        rule,
        severity: severity === 'error' ? 'error' : 'warning',
        message: `${pointer} ${message}`,
      })
    }
    const judged = checkExamples(name, document)
    examples += judged.checked
    for (const { operation, message } of judged.findings) {
      spec.push({
        file: `spec/${name}.yaml`,
        rule: 'example',
        severity: 'error',
        message: `${operation} ${message}`,
      })
    }
  }
  if (options.drift !== undefined) spec.push(...(await drift(options.drift, files)))
  if (options.drift !== undefined && !options.only) {
    for (const file of await staleFiles(new Output(options.drift), documents)) {
      spec.push({
        file,
        rule: 'drift',
        severity: 'error',
        message: 'no page gives it any more: run generate',
      })
    }
  }
  return { findings, spec, pages: documentation.pages.length, examples }
}

async function drift(out: string, files: ReadonlyMap<string, string>): Promise<SpecFinding[]> {
  const found: SpecFinding[] = []
  for (const [file, text] of files) {
    const before = await readFile(join(out, file), 'utf8').catch(() => undefined)
    if (before === text) continue
    const message =
      before === undefined
        ? 'is missing: run generate'
        : `differs from what the pages give: ${firstDifference(before, text)}`
    found.push({ file, rule: 'drift', severity: 'error', message })
  }
  return found
}

function firstDifference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const line = now.findIndex((text, index) => text !== old[index])
  return line < 0
    ? `line ${now.length + 1} is superfluous`
    : `line ${line + 1} should be "${now[line]!.trim().slice(0, 80)}"`
}
