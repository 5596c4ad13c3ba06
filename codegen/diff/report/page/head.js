import { byId, h } from './element.js'
import { levelOf, levels, view } from './filters.js'
import { marks, number, words } from './words.js'

/**
 * Draws the head of the page: what was compared, the verdict, and the counts of each judgement, which act as filters.
 * @param {any} data
 * @param {() => void} changed called after a choice
 */
export function drawHead(data, changed) {
  const say = words[view.language]
  const breaking = data.changes.filter(
    (/** @type {any} */ one) => levelOf(one, 'either') === 'breaking',
  ).length
  const count = data.changes.length
  const verdict =
    count === 0 ? say.nothing : breaking === 0 ? say.harmless(count) : say.verdict(breaking, count)
  byId('head').replaceChildren(
    h('div.bar', {}, h('span.brand', { translate: 'no' }, 'wechatpay-fetch diff'), languages(changed)),
    h(
      'p.sides',
      { translate: 'no' },
      h('code', {}, data.sides.before),
      h('span', {}, '→'),
      h('code', {}, data.sides.after),
    ),
    h('h1', {}, verdict),
    h('div.lenses', {}, lens(data, 'wire', changed), lens(data, 'types', changed)),
  )
  byId('skip').replaceChildren(say.skip)
  byId('foot').replaceChildren(say.foot)
  document.documentElement.lang = view.language === 'zh' ? 'zh-CN' : 'en'
  document.title = `${data.sides.before} → ${data.sides.after} · ${verdict}`
}

/** @param {() => void} changed */
function languages(changed) {
  const button = (/** @type {'en' | 'zh'} */ language, /** @type {string} */ name) =>
    h(
      'button',
      {
        type: 'button',
        lang: language,
        'aria-pressed': String(view.language === language),
        onclick: () => {
          view.language = language
          changed()
          /** @type {HTMLElement | null} */
          const drawn = byId('head').querySelector(`button[lang="${language}"]`)
          drawn?.focus()
        },
      },
      name,
    )
  return h(
    'div.segments.languages',
    { role: 'group', 'aria-label': 'Language / 语言' },
    button('en', 'English'),
    button('zh', '中文'),
  )
}

/** @param {any} data @param {'wire' | 'types'} judgement @param {() => void} changed */
function lens(data, judgement, changed) {
  const say = words[view.language]
  const figure = (/** @type {import('./filters.js').Level} */ level) => {
    const count = data.changes.filter((/** @type {any} */ change) => change[judgement] === level).length
    const chosen = view.judgement === judgement && view.levels.size === 1 && view.levels.has(level)
    const choose = () => {
      view.judgement = chosen ? 'either' : judgement
      view.levels = new Set(chosen ? levels : [level])
      changed()
      byId(`lens-${judgement}-${level}`).focus()
    }
    return h(
      `button.figure.${level}`,
      {
        type: 'button',
        id: `lens-${judgement}-${level}`,
        'aria-pressed': String(chosen),
        disabled: count === 0 && !chosen,
        onclick: choose,
      },
      h('strong', {}, number(count)),
      h('span', {}, h('span', { 'aria-hidden': 'true' }, `${marks[level]} `), say.levels[level]),
    )
  }
  return h(
    'section.lens',
    { 'aria-label': say[`${judgement}Who`] },
    h('h2', {}, say[`${judgement}Who`], h('span.pill.plain', {}, say[judgement])),
    h('p', {}, say[`${judgement}What`]),
    h('div.figures', {}, ...levels.map(figure)),
  )
}
