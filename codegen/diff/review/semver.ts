import type { Change } from '../compare/change.ts'

type Bump = 'major' | 'minor' | 'patch' | 'none'

/** What a changelog needs to know of changes, judged for apps that upgrade. */
interface VersionFacts {
  bump: Bump
  /** The version after the bump. */
  next: string
  breaking: Change[]
  /** What apps can newly use. */
  added: Change[]
  other: Change[]
}

/**
 * The version bump that changes require, judged for apps that upgrade. A breaking change is major from 1.0 on, minor
 * before. Additions and warnings are minor from 1.0 on, patch before. Anything else is patch.
 * https://semver.org/#spec-item-4
 */
export function versionFacts(changes: readonly Change[], version: string): VersionFacts {
  const breaking = changes.filter(({ types }) => types === 'breaking')
  const added = changes.filter((change) => change.types === 'info' && isAddition(change))
  const other = changes.filter((change) => change.types !== 'breaking' && !added.includes(change))
  const bump = bumpOf(changes, version)
  return { bump, next: bumped(version, bump), breaking, added, other }
}

function bumpOf(changes: readonly Change[], version: string): Bump {
  if (changes.length === 0) return 'none'
  const before1 = version.startsWith('0.')
  if (changes.some(({ types }) => types === 'breaking')) return before1 ? 'minor' : 'major'
  const grows = changes.some((change) => change.types === 'warning' || isAddition(change))
  return grows && !before1 ? 'minor' : 'patch'
}

function bumped(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number)
  if (bump === 'major') return `${major + 1}.0.0`
  if (bump === 'minor') return `${major}.${minor + 1}.0`
  return bump === 'patch' ? `${major}.${minor}.${patch + 1}` : version
}

function isAddition({ rule }: Change): boolean {
  return /(^(domain|endpoint|webhook)|(-value|-property|-body|-type|-header|-spelling|one-of|any-of))-added$|^new-optional-/.test(
    rule,
  )
}
