import pc from 'picocolors'
import type { Change, Subject } from '../compare/change.ts'
import { grouped, type Review, tally } from '../review/review.ts'
import { type Level, levels } from '../rules/level.ts'
import { pathLabel, sourceLabel } from './change-labels.ts'
import { brief, visible } from './visible.ts'
import { type Language, words } from './words.ts'

interface TextOptions {
  language?: Language
  colour?: boolean
}

type Colours = ReturnType<typeof pc.createColors>

/** A review for a terminal: suspicions, then changes by domain and operation, then counts. */
export function textReport(review: Review, options: TextOptions = {}): string {
  const { language = 'en', colour = pc.isColorSupported } = options
  const colours = pc.createColors(colour)
  const say = words[language]
  const lines = [
    `${colours.bold(visible(review.sides.before))} → ${colours.bold(visible(review.sides.after))}`,
    '',
  ]
  if (review.suspicions.length > 0) lines.push(...suspicionLines(review, language, colours), '')
  for (const { domain, operations } of grouped(review.changes)) {
    lines.push(colours.bold(colours.underline(visible(domain))))
    for (const { subject, changes } of operations) {
      lines.push(...subjectLines(subject, language, colours))
      for (const change of changes) lines.push(...changeLines(change, language, colours))
    }
    lines.push('')
  }
  if (review.changes.length === 0) lines.push(say.none, '')
  lines.push(...summaryLines(review, language, colours))
  return `${lines.join('\n')}\n`
}

/** Only the counts at the end of a report. */
export function summaryReport(review: Review, options: TextOptions = {}): string {
  const { language = 'en', colour = pc.isColorSupported } = options
  return `${summaryLines(review, language, pc.createColors(colour)).join('\n')}\n`
}

function suspicionLines({ suspicions }: Review, language: Language, colours: Colours): string[] {
  return [
    colours.bold(colours.magenta(words[language].suspicions)),
    ...suspicions.flatMap(({ subject, location, message, rule, explains }) => [
      `  ${colours.magenta('?')} ${[subject.domain, subject.operation, pathLabel(location)]
        .filter(Boolean)
        .map((part) => visible(part!))
        .join('  ')}`,
      `    ${brief(message[language])}  ${colours.dim(visible(rule))}`,
      `    ${colours.dim([subject.page && visible(subject.page), words[language].changes(explains.length)].filter(Boolean).join('  '))}`,
    ]),
  ]
}

function subjectLines(subject: Subject, language: Language, colours: Colours): string[] {
  const name = subject.operation === undefined ? words[language].whole : visible(subject.operation)
  const title = subject.title ? `  ${visible(subject.title)}` : ''
  const page = subject.page ? [`    ${colours.dim(visible(subject.page))}`] : []
  return [`  ${colours.bold(name)}${title}`, ...page]
}

function changeLines(change: Change, language: Language, colours: Colours): string[] {
  const say = words[language]
  const judged = (['wire', 'types'] as const).map((judgement) => {
    const level = change[judgement]
    return `${colours.dim(say[judgement])} ${paint(colours, level)(say.levels[level])}${' '.repeat(Math.max(0, 8 - width(say.levels[level])))}`
  })
  const where = [pathLabel(change.location), sourceLabel(change), change.fingerprint].filter(Boolean)
  return [
    `    ${judged.join('  ')}  ${brief(change.message[language])}  ${colours.dim(visible(change.rule))}`,
    `      ${colours.dim(where.map((part) => visible(part!)).join('  '))}`,
  ]
}

function summaryLines(review: Review, language: Language, colours: Colours): string[] {
  const say = words[language]
  const lines = (['wire', 'types'] as const).map((judgement) => {
    const counted = tally(review.changes, judgement)
    const parts = levels.map((level) => {
      const part = `${counted[level]} ${say.levels[level]}`
      return counted[level] > 0 ? paint(colours, level)(part) : colours.dim(part)
    })
    return `${say[judgement].padEnd(5)}  ${parts.join(', ')}  ${colours.dim(judgement === 'wire' ? say.wireWho : say.typesWho)}`
  })
  if (review.accepted.length > 0) lines.push(say.accepted(review.accepted.length))
  if (review.stale.length > 0) {
    lines.push(colours.yellow(`${say.stale(review.stale.length)}:`))
    for (const { fingerprint, rule, reason } of review.stale)
      lines.push(`  ${visible(fingerprint)}  ${visible(rule)}  ${colours.dim(brief(reason))}`)
  }
  return lines
}

function paint(colours: Colours, level: Level): (text: string) => string {
  return { breaking: colours.red, warning: colours.yellow, info: colours.dim }[level]
}

// Columns in a terminal: a Chinese character takes two.
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0)
}
