import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Language, languages } from '../diff/report/words.ts'
import { type Judgement, levelOf, type Review, rank } from '../diff/review/review.ts'
import { accept } from './accept.ts'
import { type Format, formats, report } from './diff-format.ts'
import { exitCodes } from './exit-codes.ts'
import { domains, maybeOneOf, oneOf, parse, type Streams, UsageError } from './options.ts'
import { acceptedFile, reviewOf, sidesOf } from './review-of.ts'

/** `diff`: what a change of the spec breaks, and for whom. */
export async function runDiff(args: string[], { stdout, stderr }: Streams): Promise<number> {
  const { values, positionals } = parse(args, {
    format: { type: 'string' },
    lang: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string', multiple: true },
    'fail-on': { type: 'string' },
    judgement: { type: 'string' },
    accept: { type: 'string', multiple: true },
    reason: { type: 'string' },
    accepted: { type: 'string' },
    'pages-url': { type: 'string' },
    'spec-url': { type: 'string' },
    rules: { type: 'boolean' },
  })
  const format = oneOf('format', formats, values.format ?? 'text')
  const language = maybeOneOf('lang', languages, values.lang)
  if (values.rules) {
    if (positionals.length > 0) throw new UsageError('diff --rules compares nothing: leave the sides out')
    await put(await ruleTable(format, language), values.out, stdout)
    return 0
  }
  const limit = maybeOneOf('fail-on', ['breaking', 'warning'] as const, values['fail-on'])
  const judgement: Judgement =
    values.judgement === undefined
      ? 'either'
      : oneOf('judgement', ['wire', 'types'] as const, values.judgement)
  if ((values.accept === undefined) !== (values.reason === undefined))
    throw new UsageError('--accept FINGERPRINT and --reason TEXT go together: a later reader will ask why')
  for (const name of ['pages-url', 'spec-url'] as const) checkAddress(name, values[name])
  const sides = sidesOf(positionals)
  const accepted = values.accepted ?? acceptedFile
  const only = domains(values.only)
  const review = await reviewOf({ ...sides, accepted, ...(only && { only }), ...(language && { language }) })
  if (values.accept) {
    stderr.write(await accept(review, values.accept, values.reason!, accepted))
    return 0
  }
  const text = report(review, {
    format,
    judgement,
    ...(language && { language }),
    toFile: values.out !== undefined,
    links: {
      ...(values['pages-url'] !== undefined && { pages: values['pages-url'] }),
      ...(values['spec-url'] !== undefined && { spec: values['spec-url'] }),
    },
  })
  await put(text, values.out, stdout)
  if (values.out !== undefined && format !== 'text') stderr.write(`${values.out} is written\n`)
  return limit && exceeds(review, limit, judgement) ? exitCodes.findings : exitCodes.fine
}

// Browsers drop white space and control characters before they read the scheme.
function checkAddress(option: string, address: string | undefined): void {
  if (address === undefined) return
  const scheme = /^([^/?#]*?):/.exec(address)?.[1]
  if (/[\s\p{Cc}\p{Cf}\\]/u.test(address) || (scheme !== undefined && !/^https?$/i.test(scheme)))
    throw new UsageError(`--${option} is an http(s) address or a folder, not ${JSON.stringify(address)}`)
}

function exceeds({ changes }: Review, limit: 'breaking' | 'warning', judgement: Judgement): boolean {
  return changes.some((change) => rank(levelOf(change, judgement)) <= rank(limit))
}

async function ruleTable(format: Format, language: Language | undefined): Promise<string> {
  const { rulesMarkdown, rulesText } = await import('../diff/report/rule-table.ts')
  if (format === 'markdown') return rulesMarkdown()
  if (format === 'text') return rulesText(language)
  throw new UsageError(`--rules prints text or markdown, not ${format}`)
}

async function put(text: string, out: string | undefined, stdout: Streams['stdout']): Promise<void> {
  if (out === undefined) {
    stdout.write(text)
    return
  }
  await mkdir(dirname(out), { recursive: true })
  await writeFile(out, text)
}
