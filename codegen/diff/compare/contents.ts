import { isObject, same, shown } from './json.ts'
import type { Placed } from './json-node.ts'
import { note } from './record.ts'
import type { SchemaStanding } from './schema.ts'
import { typesOf } from './schema-type.ts'

/** Compares what the values of two schemas mean: encryption, what a text holds, defaults, units. */
export function compareContents(before: Placed, after: Placed, at: SchemaStanding): void {
  compareEncryption(before, after, at)
  compareText(before, after, at)
  const [old, now] = [before.value['default'], after.value['default']]
  if (!same(old, now)) {
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
    note(at, `${at.family}-default-value-${change}`, before, after, names(old, now))
  }
  const [unit, newUnit] = [before.value['x-unit'], after.value['x-unit']]
  if (unit !== newUnit) note(at, `${at.family}-unit-changed`, before, after, names(unit, newUnit))
}

function compareEncryption(before: Placed, after: Placed, at: SchemaStanding): void {
  const [old, now] = [before.value['x-encrypted'], after.value['x-encrypted']]
  if (old === now) return
  const change = old === undefined ? 'became-encrypted' : now === undefined ? 'became-not-encrypted' : ''
  note(at, `${at.family}-${change || 'encryption-changed'}`, before, after, names(old, now))
}

function compareText(before: Placed, after: Placed, at: SchemaStanding): void {
  const [old, now] = [before.value['contentSchema'], after.value['contentSchema']]
  const holds = [isObject(old), isObject(now)]
  if (holds[0] !== holds[1]) {
    const known = typesOf(before.value) && typesOf(after.value)
    // What had no type has another change to tell.
    const typed = known !== undefined && (at.typed || at.family === 'notification-property')
    const rule = `${at.family}-content-schema-${holds[1] ? 'added' : 'removed'}`
    note({ ...at, typed }, rule, before, after, { before: shown(old), after: shown(now) })
  } else {
    const [type, newType] = [before.value['contentMediaType'], after.value['contentMediaType']]
    if (type !== newType)
      note(at, `${at.family}-content-media-type-changed`, before, after, names(type, newType))
  }
  const [encoding, newEncoding] = [before.value['contentEncoding'], after.value['contentEncoding']]
  if (encoding !== newEncoding)
    note(at, `${at.family}-content-encoding-changed`, before, after, names(encoding, newEncoding))
}

function names(before: unknown, after: unknown) {
  return { before: shown(before), after: shown(after) }
}
