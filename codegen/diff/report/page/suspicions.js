import { anchor, byId, h, sentence } from './element.js'
import { view } from './filters.js'
import { words } from './words.js'

/**
 * Draws what looks like a mistake in a page, above everything else.
 * @param {any} data
 * @param {(fingerprint: string) => void} search shows the change with a fingerprint
 */
export function drawSuspicions(data, search) {
  const say = words[view.language]
  const section = byId('suspicions')
  section.hidden = data.suspicions.length === 0
  section.setAttribute('aria-label', say.suspicions)
  const items = data.suspicions.map((/** @type {any} */ suspicion) => {
    const { domain, operation, title, page, link } = data.subjects[suspicion.subject]
    const [first] = suspicion.explains
    return h(
      'li',
      {},
      h('p.message', { dir: 'auto' }, ...sentence(suspicion[view.language])),
      h(
        'p.about',
        {},
        h('code', {}, [operation ?? domain, ...suspicion.location].join(' › ')),
        title ? h('bdi', {}, title) : null,
        page ? h('code', {}, anchor(page[0], page[1])) : null,
        link ? h('a', { href: link, rel: 'noreferrer' }, say.official) : null,
        h('code', {}, suspicion.rule),
        first
          ? h(
              'button.quiet',
              { type: 'button', onclick: () => search(first) },
              say.explains(suspicion.explains.length),
            )
          : null,
      ),
    )
  })
  section.replaceChildren(
    h('h2', {}, say.suspicions),
    h('p.hint', {}, say.suspicionsHint),
    h('ul', {}, ...items),
  )
}
