import { byId, h } from './element.js'
import { levels, view } from './filters.js'
import { words } from './words.js'

/**
 * Draws the search field and the filters by domain, judgement and level.
 * @param {(id?: string) => void} changed called after a choice, with the id of its control
 * @param {() => void} narrowed called if only the list must be drawn again
 */
export function drawControls(changed, narrowed) {
  const say = words[view.language]
  const judgements = /** @type {const} */ (['either', 'wire', 'types']).map((judgement) =>
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': String(view.judgement === judgement),
        onclick: () => {
          view.judgement = judgement
          changed(`judge-${judgement}`)
        },
        id: `judge-${judgement}`,
      },
      say[judgement],
    ),
  )
  const boxes = levels.map((level) =>
    h(
      'button',
      {
        type: 'button',
        id: `level-${level}`,
        'aria-pressed': String(view.levels.has(level)),
        onclick: () => {
          if (!view.levels.delete(level)) view.levels.add(level)
          if (view.levels.size === 0) view.levels = new Set(levels)
          changed(`level-${level}`)
        },
      },
      say.levels[level],
    ),
  )
  byId('filters').replaceChildren(
    h('input', {
      type: 'search',
      id: 'search',
      value: view.text,
      placeholder: say.search,
      'aria-label': say.search,
      autocomplete: 'off',
      spellcheck: 'false',
      oninput: (/** @type {Event} */ event) => {
        view.text = /** @type {HTMLInputElement} */ (event.target).value
        narrowed()
      },
    }),
    h('select', {
      id: 'domain',
      'aria-label': say.domains,
      onchange: (/** @type {Event} */ event) => {
        view.domain = /** @type {HTMLSelectElement} */ (event.target).value
        narrowed()
      },
    }),
    h('div.segments', { role: 'group', 'aria-label': say.judgement }, ...judgements),
    h('div.segments', { role: 'group', 'aria-label': say.level }, ...boxes),
    h('span', { id: 'count', role: 'status' }),
    h('button.quiet', { type: 'button', id: 'open-all', onclick: toggleAll }),
  )
}

function toggleAll() {
  const { all, closed } = cards()
  for (const details of all) details.open = closed
  nameToggle()
}

/** Labels the button by what it does to the visible changes. */
export function nameToggle() {
  const say = words[view.language]
  byId('open-all').replaceChildren(cards().closed ? say.openAll : say.closeAll)
}

function cards() {
  const all = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll('#list details')])
  return { all, closed: all.some((details) => !details.open) }
}
