#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { type Diagnostic, format } from './docs/diagnostics.ts'
import { generate } from './generate.ts'
import { summarize } from './summary.ts'
import { Terminal } from './terminal.ts'

/** Exit codes: 0 fine, 1 findings, 2 usage, 3 input. */
const usage = `wechatpay-fetch <command>

  generate --docs DIR [--out DIR] [--only DOMAIN…] [--descriptions terms|full|none] [--json]
           pages to spec/ and generated/ below --out (default: this folder)

DIR holds the Markdown pages; a single page will do. Exit codes: 0 fine, 1 findings, 2 usage, 3 input.
`

class UsageError extends Error {}

async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv
  if (command === 'generate') return runGenerate(rest)
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
    process.stdout.write(usage)
    return command === undefined ? 2 : 0
  }
  throw new UsageError(`unknown command ${command}`)
}

async function runGenerate(args: string[]): Promise<number> {
  const { values, positionals } = parse(args)
  if (values.docs === undefined) throw new UsageError('generate needs --docs DIR')
  const { descriptions = 'terms' } = values
  if (descriptions !== 'terms' && descriptions !== 'full' && descriptions !== 'none') {
    throw new UsageError(`--descriptions is terms, full or none, not ${descriptions}`)
  }
  const only = values.only && new Set([...values.only, ...positionals].flatMap((names) => names.split(',')))
  if (!only && positionals.length > 0) throw new UsageError(`unexpected ${positionals.join(' ')}`)
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
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function printFindings(findings: Diagnostic[]): void {
  for (const finding of findings) process.stderr.write(`${format(finding)}\n`)
}

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
