import type { Change } from '../compare/change.ts'
import { ordered, type Review } from '../review/review.ts'
import { versionFacts } from '../review/semver.ts'
import { brief } from './visible.ts'

const heading = '### API'

/**
 * A section for CHANGELOG.md: what changes for an app that upgrades, whether it was accepted or not. It is a draft for a
 * person to edit.
 */
export function changelogDraft({ changes, accepted }: Review, version: string): string {
  const all = ordered([...changes, ...accepted.map(({ change }) => change)])
  const { bump, next, breaking, added, other } = versionFacts(all, version)
  const warnings = other.filter(({ types }) => types === 'warning')
  const rest = [...added, ...other].filter((change) => !isWhole(change) && !warnings.includes(change))
  const sections = [
    ...section('Breaking for apps that upgrade:', breaking),
    ...section('May affect apps that upgrade:', warnings),
    ...section('New operations and notifications:', added.filter(isWhole)),
    ...counts(rest),
  ]
  const lead = `The changes of the documentation require a ${bump} version, ${next}.`
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

// A new operation gets a line; additions within an operation are only counted.
function isWhole({ rule }: Change): boolean {
  return rule === 'endpoint-added' || rule === 'webhook-added' || rule === 'domain-added'
}

function line({ subject, message }: Change): string {
  const sentence = withoutMarkup(brief(message.en))
  const operation = subject.operation === undefined ? undefined : withoutMarkup(brief(subject.operation))
  return operation === undefined || sentence.includes(operation)
    ? `- ${sentence}.`
    : `- \`${operation.replaceAll('`', "'")}\`: ${sentence}.`
}

// A changelog is read as plain text too: replace markup instead of escaping it.
function withoutMarkup(text: string): string {
  return text.replace(/[<>]/g, (found) => (found === '<' ? '‹' : '›')).replace(/\]\(/g, '] (')
}

/**
 * A changelog with a draft inserted below "Unreleased". A draft that it already contains is not inserted again.
 * @throws Error if there is no such heading
 */
export function withDraft(changelog: string, draft: string): string {
  if (changelog.includes(draft)) return changelog
  const [found] = /^## \[?Unreleased\]?.*\n/m.exec(changelog) ?? []
  if (found === undefined)
    throw new Error('CHANGELOG.md has no heading "## Unreleased": add one to put the draft below')
  const end = changelog.indexOf(found) + found.length
  return `${changelog.slice(0, end)}\n${draft}\n${changelog.slice(end)}`
}
