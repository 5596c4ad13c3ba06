import { card } from './card.js'
import { byId, h } from './element.js'
import { view } from './filters.js'
import { words } from './words.js'

/** Draws changes that were accepted earlier, and accepted entries that match nothing. @param {any} data */
export function drawRest(data) {
  const say = words[view.language]
  const parts = []
  if (data.stale.length > 0) {
    const items = data.stale.map((/** @type {any} */ { fingerprint, rule, reason }) =>
      h('li', {}, h('code', {}, fingerprint), ' ', h('code', {}, rule), ' ', h('bdi', {}, reason)),
    )
    parts.push(h('section.stale', {}, h('h2', {}, say.stale(data.stale.length)), h('ul', {}, ...items)))
  }
  if (data.accepted.length > 0) {
    const folded = h('details.accepted', {}, h('summary', {}, say.accepted(data.accepted.length)))
    folded.addEventListener('toggle', () => {
      if (folded.childElementCount > 1) return
      for (const change of data.accepted) {
        const { domain, operation } = data.subjects[change.subject]
        folded.append(h('p.about', {}, h('code', {}, operation ?? domain)), card(data, change, false))
      }
    })
    parts.push(folded)
  }
  byId('rest').replaceChildren(...parts)
}
