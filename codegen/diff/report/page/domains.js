import { byId, h } from './element.js'
import { levelOf, levels, view } from './filters.js'
import { number, words } from './words.js'

/**
 * Draws the domains in the order of the list, with the number of changes that pass the other filters.
 * @param {any} data
 * @param {any[]} passing
 * @param {(domain: string) => void} choose
 */
export function drawDomains(data, passing, choose) {
  const say = words[view.language]
  const counts = new Map()
  const worst = new Map()
  for (const change of data.changes) {
    const { domain } = data.subjects[change.subject]
    if (!counts.has(domain)) counts.set(domain, 0)
    const level = levelOf(change, 'either')
    if (!worst.has(domain) || levels.indexOf(level) < levels.indexOf(worst.get(domain)))
      worst.set(domain, level)
  }
  for (const change of passing) {
    const { domain } = data.subjects[change.subject]
    counts.set(domain, counts.get(domain) + 1)
  }
  const button = (/** @type {string} */ domain, /** @type {string} */ name, /** @type {number} */ count) =>
    h(
      'button',
      {
        type: 'button',
        class: `${worst.get(domain) ?? 'all'}${count === 0 ? ' empty' : ''}`,
        'aria-pressed': String(view.domain === domain),
        'data-domain': domain,
        onclick: () => {
          choose(view.domain === domain ? '' : domain)
          /** @type {HTMLElement | null} */
          const drawn = document.querySelector(`#domains [data-domain="${CSS.escape(domain)}"]`)
          drawn?.focus()
          byId('filters').scrollIntoView({ block: 'nearest' })
        },
      },
      h('span.name', {}, name),
      h('span.count', {}, number(count)),
    )
  const nav = byId('domains')
  nav.hidden = counts.size < 2
  nav.setAttribute('aria-label', say.domains)
  nav.replaceChildren(
    button('', say.all, passing.length),
    ...[...counts].map(([domain, count]) => button(domain, domain, count)),
  )
  const options = [...counts].map(([domain, count]) =>
    h('option', { value: domain, selected: view.domain === domain }, `${domain} (${count})`),
  )
  const select = byId('domain')
  select.classList.toggle('single', counts.size < 2)
  select.replaceChildren(h('option', { value: '' }, `${say.all} (${passing.length})`), ...options)
}
