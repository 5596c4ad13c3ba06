#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { type CheckResult, check } from './check.ts'
import { type Diagnostic, format } from './docs/diagnostics.ts'
import { generate } from './generate.ts'
import { sarifReport } from './report/sarif.ts'
import { textReport } from './report/text.ts'
import type { Descriptions } from './spec/context.ts'
import { summarize } from './summary.ts'
import { Terminal } from './terminal.ts'

/** Exit codes: 0 fine, 1 findings, 2 usage, 3 input. */
const usage = `wechatpay-fetch <command>

  generate --docs DIR [--out DIR] [--only DOMAIN…] [--descriptions terms|full|none] [--json]
           pages to spec/ and generated/ below --out (default: this folder)

  check    --docs DIR [--drift] [--out DIR] [--only DOMAIN…] [--format text|json|sarif]
           what is irregular in the pages, and what the gates say of the spec; writes nothing.
           --drift: spec/ and generated/ below --out must be what the pages give

DIR holds the Markdown pages; a single page will do. Exit codes: 0 fine, 1 findings, 2 usage, 3 input.
`

class UsageError extends Error {}

async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv
  if (command === 'generate') return runGenerate(rest)
  if (command === 'check') return runCheck(rest)
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
    process.stdout.write(usage)
    return command === undefined ? 2 : 0
  }
  throw new UsageError(`unknown command ${command}`)
}

async function runGenerate(args: string[]): Promise<number> {
  const { values, positionals } = parse(args)
  if (values.docs === undefined) throw new UsageError('generate needs --docs DIR')
  const descriptions = descriptionsOf(values.descriptions)
  const only = domains(values.only, positionals)
  const terminal = new Terminal(process.stderr)
  const result = await generate({
    docs: values.docs,
    out: values.out ?? '.',
    descriptions,
    ...(only && { only }),
    progress: terminal.stage,
  })
  const unknown = [...(only ?? [])].filter((name) => !result.documents.has(name))
  const errors = result.findings.filter(({ severity }) => severity === 'error')
  printFindings(errors)
  if (values.json) process.stdout.write(`${JSON.stringify(summarize(result), null, 2)}\n`)
  else process.stderr.write(`${summarize(result).text}\n`)
  if (unknown.length > 0) {
    process.stderr.write(
      `no page documents ${unknown.join(', ')}; domains are the first path segment behind v3\n`,
    )
  }
  return errors.length > 0 || unknown.length > 0 ? 3 : 0
}

async function runCheck(args: string[]): Promise<number> {
  const { values, positionals } = parse(args)
  if (values.docs === undefined) throw new UsageError('check needs --docs DIR')
  const { format: shape = 'text' } = values
  const report = reports.get(shape)
  if (!report) throw new UsageError(`--format is ${[...reports.keys()].join(', ')}, not ${shape}`)
  const only = domains(values.only, positionals)
  const result = await check({
    docs: values.docs,
    descriptions: descriptionsOf(values.descriptions),
    ...(only && { only }),
    ...(values.drift && { drift: values.out ?? '.' }),
  })
  process.stdout.write(report(result))
  if (result.findings.some(({ severity }) => severity === 'error')) return 3
  return result.spec.some(({ severity }) => severity === 'error') ? 1 : 0
}

const reports = new Map<string, (result: CheckResult) => string>([
  ['text', textReport],
  ['json', (result) => `${JSON.stringify(result, null, 2)}\n`],
  ['sarif', sarifReport],
])

function domains(only: string[] | undefined, positionals: string[]): ReadonlySet<string> | undefined {
  if (only) return new Set([...only, ...positionals].flatMap((names) => names.split(',')))
  if (positionals.length > 0) throw new UsageError(`unexpected ${positionals.join(' ')}`)
  return undefined
}

function descriptionsOf(value = 'terms'): Descriptions {
  if (value === 'terms' || value === 'full' || value === 'none') return value
  throw new UsageError(`--descriptions is terms, full or none, not ${value}`)
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        docs: { type: 'string' },
        out: { type: 'string' },
        only: { type: 'string', multiple: true },
        descriptions: { type: 'string' },
        json: { type: 'boolean' },
        format: { type: 'string' },
        drift: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function printFindings(findings: Diagnostic[]): void {
  for (const finding of findings) process.stderr.write(`${format(finding)}\n`)
}

// A reader that closes the pipe early, such as head, is no fault.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 3))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`)
    process.exitCode = 2
  } else {
    const { code, path, message } = error as NodeJS.ErrnoException
    process.stderr.write(code && path ? `cannot write ${path}: ${code}\n` : `${message}\n`)
    process.exitCode = 3
  }
}
