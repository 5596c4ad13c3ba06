import { card } from './card.js'
import { anchor, byId, h } from './element.js'
import { levelOf, view } from './filters.js'
import { words } from './words.js'

// How many cards are created at once.
const portion = 40

let stop = () => {}

/**
 * Draws changes by domain and operation; more of them as the reader scrolls down.
 * @param {any} data
 * @param {any[]} changes those that pass the filters, in order
 * @param {() => void} reset
 */
export function drawList(data, changes, reset) {
  stop()
  const say = words[view.language]
  const list = byId('list')
  list.replaceChildren()
  if (changes.length === 0) {
    if (data.changes.length > 0)
      list.append(
        h('p.none', {}, say.noMatch, ' ', h('button.quiet', { type: 'button', onclick: reset }, say.reset)),
      )
    return
  }
  const breaking = data.changes.filter(
    (/** @type {any} */ one) => levelOf(one, 'either') === 'breaking',
  ).length
  const opens = (/** @type {any} */ change) =>
    change.id === view.change || (breaking <= 12 && levelOf(change, 'either') === 'breaking')
  let next = 0
  let domain = ''
  /** @type {HTMLElement | undefined} */
  let section
  /** @type {string | undefined} */
  let operation
  const more = h('button.more', { type: 'button' }, say.more)
  const append = (/** @type {number} */ least) => {
    const end = Math.min(changes.length, Math.max(next + portion, least))
    for (; next < end; next++) {
      const change = changes[next]
      const own = data.subjects[change.subject]
      if (own.domain !== domain || next === 0) {
        domain = own.domain
        more.before(h('h2.domain', { translate: 'no' }, domain))
        section = undefined
      }
      if (own.operation !== operation || !section) {
        operation = own.operation
        section = h('section.operation', {}, ...heading(own))
        more.before(section)
      }
      section.append(card(data, change, opens(change)))
    }
    more.hidden = next >= changes.length
  }
  list.append(more)
  const asked = changes.findIndex(({ id }) => id === view.change)
  append(asked + 1)
  more.addEventListener('click', () => append(0))
  const watcher = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) append(0)
      // An observer reports only crossings. Observe anew, in case the button is still near.
      watcher.unobserve(more)
      if (!more.hidden) watcher.observe(more)
    },
    { rootMargin: '1500px' },
  )
  watcher.observe(more)
  stop = () => watcher.disconnect()
  if (asked >= 0) byId(`c-${changes[asked].id}`).scrollIntoView({ block: 'center' })
}

/** @param {any} subject */
function heading({ operation, title, page, link }) {
  const say = words[view.language]
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(operation ?? '') ?? []
  const name = method
    ? [h('span.method', {}, method), h('span.path', {}, ...breakable(path ?? ''))]
    : [h('span.path', {}, operation ?? say.whole)]
  return [
    h('h3', { translate: 'no' }, ...name),
    h(
      'p.about',
      {},
      title ? h('bdi.title', {}, title) : null,
      page ? h('span.page', { translate: 'no' }, anchor(page[0], page[1])) : null,
      link ? h('a', { href: link, rel: 'noreferrer' }, say.official) : null,
    ),
  ]
}

/** A long path may break after its slashes. @param {string} path */
function breakable(path) {
  return path.split(/(?<=\/)/).flatMap((part) => [part, h('wbr')])
}
