import type { Change } from '../compare/change.ts'
import { type Judgement, levelOf, ordered, type Review, tally } from '../review/review.ts'
import { fullLabel } from './change-labels.ts'
import { brief } from './visible.ts'
import { type Language, words } from './words.ts'

interface AnnotationOptions {
  language?: Language
  judgement?: Judgement
}

/**
 * A review as workflow commands of GitHub Actions, worst first. Harmless changes are counted in one notice.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function annotationsReport(review: Review, options: AnnotationOptions = {}): string {
  const { language = 'en', judgement = 'either' } = options
  const say = words[language]
  const lines = review.suspicions.map((suspicion) =>
    command('warning', {
      file: firstFile(review, suspicion.subject.domain, suspicion.subject.operation),
      title: `${say.suspicions}: ${fullLabel(suspicion)}`,
      message: suspicion.message[language],
    }),
  )
  const changes = ordered(review.changes)
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
    name && `file=${escapedProperty(name)}`,
    line && `line=${line}`,
    `title=${escapedProperty(brief(title, 120))}`,
  ].filter(Boolean)
  return `::${kind} ${properties.join(',')}::${escapedData(brief(message, 1000))}`
}

function title(change: Change, language: Language): string {
  const say = words[language]
  const judged = `${say.wire} ${say.levels[change.wire]}, ${say.types} ${say.levels[change.types]}`
  return `${fullLabel(change)} (${judged})`
}

function firstFile({ changes }: Review, domain: string, operation?: string): string | undefined {
  const own = changes.filter(({ subject }) => subject.domain === domain && subject.operation === operation)
  return own.map(fileOf).find((found) => found !== undefined)
}

// Removed parts have no line in the current files, and file names there have no revision.
function fileOf({ before, after }: Change): string | undefined {
  if (after?.place !== undefined) return after.place
  return before?.place?.replace(/:\d+$/, '').replace(/^[^/]*:/, '')
}

// The runner decodes exactly these characters.
function escapedData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
