import { parseArgs } from 'node:util'
import type { CheckResult } from './check.ts'
import { format } from './docs/diagnostics.ts'
import { type GenerateOptions, type GenerateResult, generate } from './generate.ts'
import { sarifReport } from './report/sarif.ts'
import { textReport } from './report/text.ts'
import type { Descriptions } from './spec/context.ts'
import { summarize } from './summary.ts'
import { Terminal } from './terminal.ts'

/** Exit codes: 0 fine, 1 findings, 2 usage, 3 input. */
const usage = `wechatpay-fetch <command>

  generate --docs DIR [--out DIR] [--only DOMAIN…] [--descriptions terms|full|none] [--json] [--watch]
           pages to spec/ and generated/ below --out (default: this folder).
           --watch: again whenever a page is saved

  check    --docs DIR [--drift] [--out DIR] [--only DOMAIN…] [--format text|json|sarif]
           what is irregular in the pages, and what the gates say of the spec; writes nothing.
           --drift: spec/ and generated/ below --out must be what the pages give

DIR holds the Markdown pages; a single page will do. Exit codes: 0 fine, 1 findings, 2 usage, 3 input.
`

class UsageError extends Error {}

/** Where a command writes: data to `stdout`, progress and messages to `stderr`. */
export interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown; isTTY?: boolean }
  /** Ends `--watch`. */
  signal?: AbortSignal
}

/**
 * Runs one command.
 * @param argv what stands behind the program's name
 * @returns the exit code
 */
export async function runCommand(argv: string[], streams: Streams): Promise<number> {
  try {
    return await dispatch(argv, streams)
  } catch (error) {
    if (error instanceof UsageError) {
      streams.stderr.write(`${error.message}\n\n${usage}`)
      return 2
    }
    const { code, path, message } = error as NodeJS.ErrnoException
    streams.stderr.write(code && path ? `cannot write ${path}: ${code}\n` : `${message}\n`)
    return 3
  }
}

async function dispatch(argv: string[], streams: Streams): Promise<number> {
  const [command, ...rest] = argv
  if (command === 'generate') return runGenerate(rest, streams)
  if (command === 'check') return runCheck(rest, streams)
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
    streams.stdout.write(usage)
    return command === undefined ? 2 : 0
  }
  throw new UsageError(`unknown command ${command}`)
}

async function runGenerate(args: string[], { stdout, stderr, signal }: Streams): Promise<number> {
  const { values, positionals } = parse(args)
  if (values.docs === undefined) throw new UsageError('generate needs --docs DIR')
  const descriptions = descriptionsOf(values.descriptions)
  const only = domains(values.only, positionals)
  const terminal = new Terminal(stderr)
  const options = {
    docs: values.docs,
    out: values.out ?? '.',
    descriptions,
    ...(only && { only }),
    progress: terminal.stage,
  }
  if (values.watch) {
    await watchUntil(signal, options, stderr)
    return 0
  }
  const result = await generate(options)
  const unknown = [...(only ?? [])].filter((name) => !result.documents.has(name))
  const errors = result.findings.filter(({ severity }) => severity === 'error')
  for (const finding of errors) stderr.write(`${format(finding)}\n`)
  if (values.json) stdout.write(`${JSON.stringify(summarize(result), null, 2)}\n`)
  else stderr.write(`${summarize(result).text}\n`)
  if (unknown.length > 0) {
    stderr.write(`no page documents ${unknown.join(', ')}; domains are the first path segment behind v3\n`)
  }
  return errors.length > 0 || unknown.length > 0 ? 3 : 0
}

async function watchUntil(
  signal: AbortSignal | undefined,
  options: GenerateOptions,
  stderr: Streams['stderr'],
) {
  const { watch } = await import('./watch.ts')
  const stop = await watch({
    ...options,
    told: ({ pages, result, milliseconds }) => {
      for (const finding of result.findings) {
        const own = pages.length === 0 || pages.includes(finding.file)
        if (own && finding.severity === 'error') stderr.write(`${format(finding)}\n`)
      }
      if (pages.length === 0) stderr.write(`${summarize(result).text}\nwatching ${options.docs}\n`)
      else stderr.write(`${pages.join(', ')}: ${changeOf(result)} (${Math.round(milliseconds)} ms)\n`)
    },
  })
  await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
  await stop()
}

function changeOf({ changed, documents }: GenerateResult): string {
  if (changed.length === 0) return 'nothing changed'
  return changed.length > 6
    ? `${changed.length} files of ${documents.size} domains changed`
    : changed.join(', ')
}

async function runCheck(args: string[], { stdout }: Streams): Promise<number> {
  const { values, positionals } = parse(args)
  if (values.docs === undefined) throw new UsageError('check needs --docs DIR')
  const { format: shape = 'text' } = values
  const report = reports.get(shape)
  if (!report) throw new UsageError(`--format is ${[...reports.keys()].join(', ')}, not ${shape}`)
  const only = domains(values.only, positionals)
  // Only this command needs the gates, which take a while to load.
  const { check } = await import('./check.ts')
  const result = await check({
    docs: values.docs,
    descriptions: descriptionsOf(values.descriptions),
    ...(only && { only }),
    ...(values.drift && { drift: values.out ?? '.' }),
  })
  stdout.write(report(result))
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
        watch: { type: 'boolean' },
        format: { type: 'string' },
        drift: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
