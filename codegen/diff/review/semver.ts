import { type Change, type Level, levels } from '../compare/change.ts'

/** The part of a version that changes. */
export type Bump = 'major' | 'minor' | 'patch' | 'none'

/** What a changelog tells of changes, by the judgement of types. */
export interface VersionFacts {
  bump: Bump
  /** The version after the bump. */
  next: string
  /** How many changes there are of each level. */
  counts: Record<Level, number>
  /** What an app that upgrades must look at, what it may use, and the rest. */
  breaking: Change[]
  added: Change[]
  other: Change[]
}

/**
 * What the changes ask of the version, by the judgement of types: a breaking change is major from 1.0 on and minor
 * before it; what is new, and what warns, is minor from 1.0 on and patch before it; anything else is patch.
 * https://semver.org/#spec-item-4
 */
export function versionFacts(changes: readonly Change[], version: string): VersionFacts {
  const of = (level: Level) => changes.filter(({ types }) => types === level)
  const counts = Object.fromEntries(levels.map((level) => [level, of(level).length])) as Record<Level, number>
  const added = changes.filter((change) => change.types === 'info' && isAddition(change))
  const other = changes.filter((change) => change.types !== 'breaking' && !added.includes(change))
  const bump = bumpOf(changes, version)
  return { bump, next: bumped(version, bump), counts, breaking: of('breaking'), added, other }
}

/** The part of the version that the changes ask for. */
export function bumpOf(changes: readonly Change[], version: string): Bump {
  if (changes.length === 0) return 'none'
  const young = version.startsWith('0.')
  if (changes.some(({ types }) => types === 'breaking')) return young ? 'minor' : 'major'
  const grows = changes.some((change) => change.types === 'warning' || isAddition(change))
  return grows && !young ? 'minor' : 'patch'
}

/** The version after a bump. */
export function bumped(version: string, bump: Bump): string {
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
