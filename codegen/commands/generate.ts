import { format } from '../docs/diagnostics.ts'
import { visibleJson } from '../hidden.ts'
import { cacheFolder } from '../run/cache.ts'
import { type GenerateOptions, type GenerateResult, generate } from '../run/generate.ts'
import { summarize } from '../run/summary.ts'
import { descriptions } from './descriptions.ts'
import { exitCodes, pagesCode } from './exit-codes.ts'
import { domains, oneOf, parse, type Streams, UsageError } from './options.ts'
import { runtimeFor } from './runtime-option.ts'
import { Terminal } from './terminal.ts'

/** `generate`: pages to spec/ and generated/. */
export async function runGenerate(args: string[], { stdout, stderr, signal }: Streams): Promise<number> {
  const { values, positionals } = parse(args, {
    docs: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string', multiple: true },
    descriptions: { type: 'string' },
    runtime: { type: 'string' },
    json: { type: 'boolean' },
    watch: { type: 'boolean' },
    'no-cache': { type: 'boolean' },
  })
  if (values.docs === undefined) throw new UsageError('generate needs --docs DIR')
  const kept = oneOf('descriptions', descriptions, values.descriptions ?? 'terms')
  const only = domains(values.only, positionals)
  const terminal = new Terminal(stderr)
  const out = values.out ?? '.'
  const options = {
    docs: values.docs,
    out,
    runtime: runtimeFor(values.runtime, out),
    descriptions: kept,
    ...(only && { only }),
    progress: terminal.stage,
    cache: values['no-cache'] ? undefined : cacheFolder(),
  }
  if (values.watch) {
    await watchUntil(signal, options, stderr)
    return 0
  }
  const result = await generate(options)
  const unknown = [...(only ?? [])].filter((name) => !result.documents.has(name))
  const errors = result.findings.filter(({ severity }) => severity === 'error')
  // What is wrong with the overlays is for `check`; this one says what the spec has lost.
  const lost = result.corrections.filter(({ rule }) => rule === 'twin-missing')
  for (const finding of [...errors, ...lost]) stderr.write(`${format(finding)}\n`)
  if (values.json) stdout.write(`${visibleJson(summarize(result))}\n`)
  else stderr.write(`${summarize(result).text}\n`)
  if (unknown.length > 0) {
    stderr.write(`no page documents ${unknown.join(', ')}; domains are the first path segment behind v3\n`)
  }
  return unknown.length > 0 ? exitCodes.input : pagesCode(result.documentation.pages.length, errors.length)
}

async function watchUntil(
  signal: AbortSignal | undefined,
  options: GenerateOptions,
  stderr: Streams['stderr'],
) {
  const { watch } = await import('../run/watch.ts')
  await watch({
    ...options,
    signal,
    onRun: ({ pages, result, milliseconds }) => {
      for (const finding of result.findings) {
        const own = pages.length === 0 || pages.includes(finding.file)
        if (own && finding.severity === 'error') stderr.write(`${format(finding)}\n`)
      }
      if (pages.length === 0) stderr.write(`${summarize(result).text}\nwatching ${options.docs}\n`)
      else stderr.write(`${pages.join(', ')}: ${changeOf(result)} (${Math.round(milliseconds)} ms)\n`)
    },
  })
}

function changeOf({ changed, documents }: GenerateResult): string {
  if (changed.length === 0) return 'nothing changed'
  return changed.length > 6
    ? `${changed.length} files of ${documents.size} domains changed`
    : changed.join(', ')
}
