import type { Change } from '../compare/change.ts'
import { grouped, type Review } from '../review/review.ts'
import { versionFacts } from '../review/semver.ts'
import { brief } from './visible.ts'

const heading = '### API'

/**
 * A section for CHANGELOG.md, from what changes for an app that upgrades. What was accepted breaks no less. A draft: a
 * person says it better.
 */
export function changelogDraft({ changes, accepted }: Review, version: string): string {
  const all = grouped([...changes, ...accepted.map(({ change }) => change)])
  const ordered = all.flatMap(({ operations }) => operations.flatMap((own) => own.changes))
  const { bump, next, breaking, added, other } = versionFacts(ordered, version)
  const warnings = other.filter(({ types }) => types === 'warning')
  const rest = [...added, ...other].filter((change) => !isWhole(change) && !warnings.includes(change))
  const sections = [
    ...section('Breaking for apps that upgrade:', breaking),
    ...section('To be looked at:', warnings),
    ...section('Operations and notifications:', added.filter(isWhole)),
    ...counts(rest),
  ]
  const lead = `What the documentation changed asks for a ${bump} version, ${next}.`
  return [heading, '', lead, '', ...sections].join('\n').trimEnd()
}

function section(title: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return []
  return [title, '', ...changes.map(line), '']
}

function counts(changes: readonly Change[]): string[] {
  if (changes.length === 0) return []
  const rules = new Map<string, number>()
  for (const { rule } of changes) rules.set(rule, (rules.get(rule) ?? 0) + 1)
  return ['Harmless:', '', ...[...rules].map(([rule, count]) => `- ${count} × \`${rule}\``), '']
}

// A new operation deserves its line; what is new within one is a number.
function isWhole({ rule }: Change): boolean {
  return /^(endpoint|webhook|domain)-added$/.test(rule)
}

function line({ subject, message }: Change): string {
  const sentence = plain(brief(message.en))
  const operation = subject.operation === undefined ? undefined : plain(brief(subject.operation))
  return operation === undefined || sentence.includes(operation)
    ? `- ${sentence}.`
    : `- \`${operation.replaceAll('`', "'")}\`: ${sentence}.`
}

// A changelog is read as it is written: what would be markup is left out of it rather than made unreadable.
function plain(text: string): string {
  return text.replace(/[<>]/g, (found) => (found === '<' ? '‹' : '›')).replace(/\]\(/g, '] (')
}

/**
 * A changelog with a draft below "Unreleased", before what stands there. The same draft is not put there twice.
 * @throws Error when there is no such heading
 */
export function withDraft(changelog: string, draft: string): string {
  if (changelog.includes(draft)) return changelog
  const [found] = /^## \[?Unreleased\]?.*\n/m.exec(changelog) ?? []
  if (found === undefined)
    throw new Error('CHANGELOG.md has no heading "## Unreleased" to put the draft below')
  const end = changelog.indexOf(found) + found.length
  return `${changelog.slice(0, end)}\n${draft}\n${changelog.slice(end)}`
}
