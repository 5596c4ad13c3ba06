import { visibleJson } from '../hidden.ts'
import type { CheckResult } from '../run/check.ts'
import { sarifReport } from './check-sarif.ts'
import { textReport } from './check-text.ts'
import { descriptions } from './descriptions.ts'
import { exitCodes, pagesCode } from './exit-codes.ts'
import { domains, oneOf, parse, type Streams, UsageError } from './options.ts'
import { runtimeFor } from './runtime-option.ts'

/** `check`: what is irregular in the pages; writes nothing. */
export async function runCheck(args: string[], { stdout }: Streams): Promise<number> {
  const { values, positionals } = parse(args, {
    docs: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string', multiple: true },
    descriptions: { type: 'string' },
    format: { type: 'string' },
    drift: { type: 'boolean' },
    runtime: { type: 'string' },
  })
  if (values.docs === undefined) throw new UsageError('check needs --docs DIR')
  const report = reports[oneOf('format', formats, values.format ?? 'text')]
  const only = domains(values.only, positionals)
  // Only this command needs the gates, which take a while to load.
  const { check } = await import('../run/check.ts')
  const result = await check({
    docs: values.docs,
    descriptions: oneOf('descriptions', descriptions, values.descriptions ?? 'terms'),
    ...(only && { only }),
    ...(values.drift && { drift: values.out ?? '.' }),
    runtime: runtimeFor(values.runtime, values.out ?? '.'),
  })
  stdout.write(report(result))
  const errors = result.findings.filter(({ severity }) => severity === 'error').length
  if (errors > 0 || result.pages === 0) return pagesCode(result.pages, errors)
  return result.spec.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.fine
}

const formats = ['text', 'json', 'sarif'] as const

const reports: Record<(typeof formats)[number], (result: CheckResult) => string> = {
  text: textReport,
  json: (result) => `${visibleJson(result)}\n`,
  sarif: sarifReport,
}
