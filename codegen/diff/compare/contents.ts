import { differenceKind, isObject, same, shownBoth } from './json.ts'
import type { Node } from './json-node.ts'
import { note } from './record.ts'
import type { SchemaScope } from './schema-scope.ts'
import { typesOf } from './schema-type.ts'

/** Compares what values mean: encryption, content of strings, defaults, units. */
export function compareContents(before: Node, after: Node, at: SchemaScope): void {
  compareEncryption(before, after, at)
  compareStringContent(before, after, at)
  const [old, now] = [before.value['default'], after.value['default']]
  if (!same(old, now))
    note(at, `${at.family}-default-value-${differenceKind(old, now)}`, before, after, shownBoth(old, now))
  const [unit, newUnit] = [before.value['x-unit'], after.value['x-unit']]
  if (unit !== newUnit) note(at, `${at.family}-unit-changed`, before, after, shownBoth(unit, newUnit))
}

const encryptionChanges = {
  added: 'became-encrypted',
  removed: 'became-not-encrypted',
  changed: 'encryption-changed',
} as const

function compareEncryption(before: Node, after: Node, at: SchemaScope): void {
  const [old, now] = [before.value['x-encrypted'], after.value['x-encrypted']]
  if (old === now) return
  const change = encryptionChanges[differenceKind(old, now)]
  note(at, `${at.family}-${change}`, before, after, shownBoth(old, now))
}

function compareStringContent(before: Node, after: Node, at: SchemaScope): void {
  const [old, now] = [before.value['contentSchema'], after.value['contentSchema']]
  if (isObject(old) !== isObject(now)) {
    // Where a type is missing, the change of the type covers it.
    const known = typesOf(before.value) !== undefined && typesOf(after.value) !== undefined
    const typed = known && (at.typed || at.family === 'notification-property')
    const change = isObject(now) ? 'added' : 'removed'
    note({ ...at, typed }, `${at.family}-content-schema-${change}`, before, after, shownBoth(old, now))
  } else {
    const [type, newType] = [before.value['contentMediaType'], after.value['contentMediaType']]
    if (type !== newType)
      note(at, `${at.family}-content-media-type-changed`, before, after, shownBoth(type, newType))
  }
  const [encoding, newEncoding] = [before.value['contentEncoding'], after.value['contentEncoding']]
  if (encoding !== newEncoding)
    note(at, `${at.family}-content-encoding-changed`, before, after, shownBoth(encoding, newEncoding))
}
