import pc from 'picocolors'
import { byCodeUnit } from '../by-code-unit.ts'
import { type Diagnostic, visible } from '../docs/diagnostics.ts'
import { groupBy } from '../group-by.ts'
import { withoutCommands } from '../hidden.ts'
import type { CheckResult, SpecFinding } from '../run/check.ts'

const colour = { error: pc.red, warning: pc.yellow, info: pc.dim }

/** Findings for a person: grouped by page, each with its place, then what the gates say, then a count. */
export function textReport({ findings, spec, examples }: CheckResult): string {
  const lines: string[] = []
  for (const [file, own] of grouped(findings, ({ file }) => file)) {
    lines.push(pc.bold(withoutCommands(visible(file))), ...own.map(pageLine), '')
  }
  for (const [file, own] of grouped(spec, ({ file }) => file)) {
    lines.push(pc.bold(withoutCommands(visible(file))), ...own.map(specLine), '')
  }
  const count = (severity: string) =>
    [...findings, ...spec].filter((finding) => finding.severity === severity).length
  lines.push(
    `${count('error')} errors, ${count('warning')} warnings, ${count('info')} notes; ` +
      `${examples} examples held against their schemas`,
  )
  return `${lines.join('\n')}\n`
}

function pageLine({ file, line, column, severity, rule, message }: Diagnostic): string {
  return withoutCommands(
    `  ${pc.dim(`${visible(file)}:`)}${line}:${column} ${colour[severity](severity)} ${rule} ${message}`,
  )
}

function specLine({ severity, rule, message }: SpecFinding): string {
  return withoutCommands(`  ${colour[severity](severity)} ${rule} ${visible(message)}`)
}

function grouped<T>(items: T[], key: (item: T) => string): [string, T[]][] {
  return [...groupBy(items, key)].sort(([a], [b]) => byCodeUnit(a, b))
}
