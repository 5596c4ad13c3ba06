import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { changelogDraft, withDraft } from '../diff/report/changelog.ts'
import { htmlReport } from '../diff/report/html-report.ts'
import { summaryReport } from '../diff/report/text-report.ts'
import { languages } from '../diff/report/words.ts'
import { maybeOneOf, parse, type Streams, UsageError } from './options.ts'
import { acceptedFile, reviewOf } from './review-of.ts'

const changelog = 'CHANGELOG.md'

/** `npm run review`: what the working tree's spec changes, as a page to read and a draft for the changelog. */
export async function runReview(args: string[], { stdout, stderr }: Streams): Promise<number> {
  const { values, positionals } = parse(args, {
    base: { type: 'string' },
    out: { type: 'string' },
    lang: { type: 'string' },
    write: { type: 'boolean' },
  })
  if (positionals.length > 0) throw new UsageError(`unexpected ${positionals.join(' ')}`)
  const language = maybeOneOf('lang', languages, values.lang)
  const out = values.out ?? 'out/review.html'
  const spoken = language && { language }
  const review = await reviewOf({ before: values.base ?? 'main', accepted: acceptedFile, ...spoken })
  await mkdir(dirname(out), { recursive: true })
  await writeFile(out, htmlReport(review, { ...spoken, links: { spec: relative(dirname(out), '.') || '.' } }))
  stdout.write(summaryReport(review, { ...spoken }))
  if (review.changes.length + review.accepted.length > 0) {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
    const draft = changelogDraft(review, version)
    stdout.write(`\n${draft}\n`)
    if (values.write) {
      await writeFile(changelog, withDraft(await readFile(changelog, 'utf8'), draft))
      stderr.write(`the draft is in ${changelog}: say it better there\n`)
    }
  }
  stderr.write(`${out} is written\n`)
  return 0
}
