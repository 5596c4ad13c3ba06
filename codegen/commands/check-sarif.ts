import { byCodeUnit } from '../by-code-unit.ts'
import { type Rule, rules } from '../docs/diagnostics.ts'
import { visibleJson } from '../hidden.ts'
import type { CheckResult } from '../run/check.ts'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

/** Findings as SARIF 2.1.0, for code hosts. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport({ findings, spec }: CheckResult): string {
  const results = [
    ...findings.map(({ file, line, column, rule, severity, message }) => ({
      ruleId: rule as string,
      level: levels[severity],
      message: { text: message },
      locations: [place(file, { startLine: line, startColumn: column })],
    })),
    ...spec.map(({ file, rule, severity, message }) => ({
      ruleId: rule,
      level: levels[severity],
      message: { text: message },
      locations: [place(file)],
    })),
  ]
  const used = [...new Set(results.map(({ ruleId }) => ruleId))].sort(byCodeUnit)
  const driver = {
    name: 'wechatpay-fetch',
    rules: used.map((id) => ({
      id,
      ...(id in rules && { shortDescription: { text: rules[id as Rule][1] } }),
    })),
  }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
  return `${visibleJson(log)}\n`
}

function place(file: string, region?: { startLine: number; startColumn: number }) {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { physicalLocation: { artifactLocation: { uri }, ...(region && { region }) } }
}
