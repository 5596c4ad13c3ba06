import type { Change } from '../compare/change.ts'
import { compareLevels, grouped, levelOf, ordered, type Review, tally } from '../review/review.ts'
import { type Level, levels } from '../rules/level.ts'
import { fullLabel, pathLabel, sourceLabel } from './change-labels.ts'
import { code, escaped, link, sentence } from './markdown-escape.ts'
import { brief } from './visible.ts'
import { type Language, words } from './words.ts'

interface MarkdownOptions {
  language?: Language
  /** In characters; by default the limit of a pull request's body. */
  limit?: number
}

// https://docs.github.com/en/rest/pulls/pulls
const bodyLimit = 65_536

/** A review for a pull request: folded by domain, worst first; if too long, the last entries are omitted. */
export function markdownReport(review: Review, options: MarkdownOptions = {}): string {
  const { language = 'en', limit = bodyLimit } = options
  const head = headLines(review, language).join('\n')
  const tail = tailLines(review, language).join('\n')
  // For the note about omitted entries, and line breaks between the parts.
  const reserved = 200
  const shown = fitting(review.changes, limit - head.length - tail.length - reserved, language)
  const lines = [head, '']
  for (const { domain, operations, changes } of grouped(
    review.changes.filter((change) => shown.has(change)),
  )) {
    lines.push(domainOpening(domain, changes, language))
    for (const { changes: own } of operations) {
      lines.push(operationLine(own[0]!, language), ...own.map((change) => changeLine(change, language)), '')
    }
    lines.push('</details>', '')
  }
  const omitted = review.changes.length - shown.size
  if (omitted > 0) lines.push(`_${words[language].omitted(omitted)}._`, '')
  if (tail) lines.push(tail, '')
  return `${lines.join('\n').trimEnd()}\n`
}

// The worst changes that fit, with the headings of their domains and operations.
function fitting(changes: readonly Change[], room: number, language: Language): Set<Change> {
  const shown = new Set<Change>()
  const headings = new Set<string>()
  let used = 0
  for (const change of byLevel(changes)) {
    const { domain, operation = '' } = change.subject
    let size = changeLine(change, language).length + 1
    if (!headings.has(domain))
      size += domainOpening(domain, changes, language).length + '</details>'.length + 3
    if (!headings.has(`${domain} ${operation}`)) size += operationLine(change, language).length + 2
    if (used + size > room) break
    used += size
    headings.add(domain).add(`${domain} ${operation}`)
    shown.add(change)
  }
  return shown
}

function byLevel(changes: readonly Change[]): Change[] {
  return ordered(changes).sort(compareLevels)
}

function headLines(review: Review, language: Language): string[] {
  const say = words[language]
  const { sides, changes, suspicions } = review
  const lines = [`### ${say.title}: ${code(brief(sides.before, 100))} → ${code(brief(sides.after, 100))}`, '']
  if (changes.length === 0) lines.push(say.none)
  else lines.push(...tableLines(changes, language))
  if (suspicions.length === 0) return lines
  // Someone has to look at each. More than a few come from a wrong docs folder, not from pages.
  const items = suspicions.slice(0, 20).map((suspicion) => {
    const { subject, message, rule } = suspicion
    const page = subject.page ? `, ${escaped(brief(subject.page, 200))}` : ''
    return `> - ${code(brief(fullLabel(suspicion), 200))} ${sentence(brief(message[language]))} (${code(rule)}${page})`
  })
  if (suspicions.length > items.length) items.push(`> - … ${suspicions.length - items.length}`)
  return [...lines, '', '> [!WARNING]', `> **${say.suspicions}**`, '>', ...items]
}

function tableLines(changes: readonly Change[], language: Language): string[] {
  const say = words[language]
  const row = (judgement: 'wire' | 'types') => {
    const { breaking, warning, info } = tally(changes, judgement)
    const who = judgement === 'wire' ? say.wireWho : say.typesWho
    return `| ${who} (${say[judgement]}) | ${breaking > 0 ? `**${breaking}**` : 0} | ${warning} | ${info} |`
  }
  return [
    `| | ${say.levels.breaking} | ${say.levels.warning} | ${say.levels.info} |`,
    '| --- | ---: | ---: | ---: |',
    row('wire'),
    row('types'),
  ]
}

function domainOpening(domain: string, changes: readonly Change[], language: Language): string {
  const say = words[language]
  const counted = tally(changes)
  const parts = levels
    .filter((level) => counted[level] > 0)
    .map((level) => `${counted[level]} ${say.levels[level]}`)
  const open = counted.breaking > 0 ? ' open' : ''
  return `<details${open}><summary><b>${escaped(domain)}</b>: ${parts.join(', ')}</summary>\n`
}

function operationLine({ subject }: Change, language: Language): string {
  const say = words[language]
  const name = subject.operation === undefined ? say.whole : code(brief(subject.operation, 200))
  const more = [
    subject.title && escaped(brief(subject.title, 120)),
    subject.link && link(say.official, subject.link),
    subject.page && escaped(brief(subject.page, 200)),
  ].filter(Boolean)
  return `**${name}** ${more.join(' · ')}\n`
}

const marks: Record<Level, string> = { breaking: '🔴', warning: '🟡', info: '⚪' }

function changeLine(change: Change, language: Language): string {
  const say = words[language]
  const { wire, types, location, rule, message, fingerprint } = change
  const judged =
    wire === types
      ? `${marks[wire]} ${say.levels[wire]}`
      : `${marks[levelOf(change)]} ${say.wire} ${say.levels[wire]}, ${say.types} ${say.levels[types]}`
  const source = sourceLabel(change)
  const where = [
    location.length > 0 && code(brief(pathLabel(location), 200)),
    source !== undefined && code(brief(source, 200)),
  ]
  const about = [...where.filter(Boolean), code(rule), `<code>${fingerprint}</code>`].join(' · ')
  return `- ${judged}: ${sentence(brief(message[language], 400))}<br><sub>${about}</sub>`
}

function tailLines({ accepted, stale }: Review, language: Language): string[] {
  const say = words[language]
  const lines: string[] = []
  if (accepted.length > 0) lines.push(`${say.accepted(accepted.length)}.`)
  if (stale.length > 0) {
    lines.push('', `${say.stale(stale.length)}:`, '')
    for (const { fingerprint, rule, reason } of stale.slice(0, 50))
      lines.push(`- ${code(brief(fingerprint, 40))} ${code(brief(rule, 80))} ${escaped(brief(reason, 120))}`)
    if (stale.length > 50) lines.push(`- … ${stale.length - 50}`)
  }
  return lines
}
