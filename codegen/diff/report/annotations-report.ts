import type { Change } from '../compare/change.ts'
import { grouped, type Judgement, levelOf, type Review, tally } from '../review/review.ts'
import { path } from './text-report.ts'
import { brief } from './visible.ts'
import { type Language, words } from './words.ts'

/** How annotations are made. */
export interface AnnotationOptions {
  language?: Language
  judgement?: Judgement
}

/**
 * A review as workflow commands of GitHub Actions, worst first. What matters to nobody is told in one notice.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function annotationsReport(review: Review, options: AnnotationOptions = {}): string {
  const { language = 'en', judgement = 'either' } = options
  const say = words[language]
  const lines = review.suspicions.map(({ subject, location, message }) =>
    command('warning', {
      file: firstPlace(review, subject.domain, subject.operation),
      title: `${say.suspicions}: ${[subject.operation ?? subject.domain, path(location)].filter(Boolean).join(' ')}`,
      message: message[language],
    }),
  )
  const changes = grouped(review.changes).flatMap(({ operations }) =>
    operations.flatMap((own) => own.changes),
  )
  for (const level of ['breaking', 'warning'] as const) {
    for (const change of changes.filter((one) => levelOf(one, judgement) === level)) {
      lines.push(
        command(level === 'breaking' ? 'error' : 'warning', {
          file: fileOf(change),
          title: title(change, language),
          message: `${change.message[language]} [${change.rule}, ${change.fingerprint}]`,
        }),
      )
    }
  }
  const counts = (['wire', 'types'] as const).map((one) => {
    const { breaking, warning, info } = tally(review.changes, one)
    return `${say[one]}: ${breaking} ${say.levels.breaking}, ${warning} ${say.levels.warning}, ${info} ${say.levels.info}`
  })
  lines.push(command('notice', { title: say.title, message: counts.join('; ') }))
  return `${lines.join('\n')}\n`
}

interface Annotation {
  /** `spec/pay.yaml:120`. */
  file?: string | undefined
  title: string
  message: string
}

function command(kind: 'error' | 'warning' | 'notice', { file, title, message }: Annotation): string {
  const [, name = file, line] = /^(.+):(\d+)$/s.exec(file ?? '') ?? []
  const properties = [
    name && `file=${property(name)}`,
    line && `line=${line}`,
    `title=${property(brief(title, 120))}`,
  ].filter(Boolean)
  return `::${kind} ${properties.join(',')}::${data(brief(message, 1000))}`
}

function title({ subject, location, wire, types }: Change, language: Language): string {
  const say = words[language]
  const judged = `${say.wire} ${say.levels[wire]}, ${say.types} ${say.levels[types]}`
  return `${[subject.operation ?? subject.domain, path(location)].filter(Boolean).join(' ')} (${judged})`
}

function firstPlace({ changes }: Review, domain: string, operation?: string): string | undefined {
  const own = changes.filter(({ subject }) => subject.domain === domain && subject.operation === operation)
  return own.map(fileOf).find((found) => found !== undefined)
}

// What is gone has no line in the files as they are now, and a revision is no part of their names.
function fileOf({ before, after }: Change): string | undefined {
  if (after?.place !== undefined) return after.place
  return before?.place?.replace(/:\d+$/, '').replace(/^[^/]*:/, '')
}

// The runner decodes these and nothing else.
function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
