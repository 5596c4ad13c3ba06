import { anchor, h } from './element.js'
import { view } from './filters.js'
import { words } from './words.js'

/** @typedef {string | [string | null, string | null] | number} Row */

/** @typedef {[name: string, source?: [string, string?]]} Named a side and where it was read from */

/**
 * Before and after, side by side; on a narrow screen one below the other.
 * @param {Row[]} rows
 * @param {Named} before
 * @param {Named} after
 */
export function sideBySideTable(rows, before, after) {
  const say = words[view.language]
  const head = h(
    'div.row.heads',
    {},
    sideHeading(say.before, before, rows, 0),
    sideHeading(say.after, after, rows, 1),
  )
  const table = h('div.diff', { translate: 'no' }, head)
  if (rows.length === 0) table.append(h('div.fold', {}, say.same))
  for (const row of rows) table.append(rowElement(row))
  return table
}

/**
 * @param {string} when
 * @param {Named} named
 * @param {Row[]} rows
 * @param {0 | 1} index
 */
function sideHeading(when, [name, source], rows, index) {
  const absent = rows.length > 0 && rows.every((row) => typeof row === 'object' && row[index] === null)
  return h(
    'span.side',
    {},
    h('span', {}, `${when} · ${name}`),
    absent ? h('span', {}, words[view.language].absent) : source ? anchor(source[0], source[1]) : null,
  )
}

/** @param {Row} row */
function rowElement(row) {
  if (typeof row === 'number') return h('div.fold', {}, words[view.language].hidden(row))
  if (typeof row === 'string') return h('div.row', {}, h('span.line', {}, row), h('span.line.twin', {}, row))
  const [before, after] = row
  const [from, to] = before !== null && after !== null ? differing(before, after) : [null, null]
  return h(
    'div.row',
    {},
    before === null ? h('span.line.absent') : h('del.line', {}, ...marked(before, from)),
    after === null ? h('span.line.absent') : h('ins.line', {}, ...marked(after, to)),
  )
}

/** @param {string} line @param {[number, number] | null} part */
function marked(line, part) {
  if (part === null || part[0] >= part[1]) return [line]
  return [line.slice(0, part[0]), h('mark', {}, line.slice(part[0], part[1])), line.slice(part[1])]
}

/**
 * The part in which two lines differ, if they share enough for a mark to help.
 * @param {string} before
 * @param {string} after
 * @returns {[[number, number] | null, [number, number] | null]}
 */
function differing(before, after) {
  const least = Math.min(before.length, after.length)
  let head = 0
  while (head < least && before[head] === after[head]) head++
  let tail = 0
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  if (before.slice(0, head).trim().length + tail < least / 3) return [null, null]
  return [
    [head, before.length - tail],
    [head, after.length - tail],
  ]
}
