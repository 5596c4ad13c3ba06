/** @typedef {'breaking' | 'warning' | 'info'} Level */

/** Levels, worst first. */
export const levels = /** @type {Level[]} */ (['breaking', 'warning', 'info'])

/** What the reader sees. It is kept in the address, so that a view can be shared. */
export const view = {
  language: /** @type {'en' | 'zh'} */ ('en'),
  judgement: /** @type {'either' | 'wire' | 'types'} */ ('either'),
  levels: new Set(levels),
  domain: '',
  text: '',
  change: '',
}

/**
 * @param {{ wire: Level, types: Level }} change
 * @param {'either' | 'wire' | 'types'} judgement
 * @returns {Level}
 */
export function levelOf(change, judgement) {
  if (judgement !== 'either') return change[judgement]
  return levels.indexOf(change.wire) <= levels.indexOf(change.types) ? change.wire : change.types
}

/**
 * Reads the view from the address.
 * @param {string} fallback the language if the address has none
 */
export function readView(fallback) {
  const given = new URLSearchParams(location.hash.slice(1))
  const language = given.get('lang') ?? fallback
  view.language = language.startsWith('zh') ? 'zh' : 'en'
  const judgement = given.get('judge')
  view.judgement = judgement === 'wire' || judgement === 'types' ? judgement : 'either'
  const asked = levels.filter((level) => given.get('level')?.split(',').includes(level))
  view.levels = new Set(asked.length > 0 ? asked : levels)
  view.domain = given.get('domain') ?? ''
  view.text = given.get('q') ?? ''
  view.change = given.get('change') ?? ''
}

/** Writes the view into the address. */
export function keepView() {
  const kept = new URLSearchParams({ lang: view.language })
  if (view.judgement !== 'either') kept.set('judge', view.judgement)
  if (view.levels.size < levels.length)
    kept.set('level', levels.filter((level) => view.levels.has(level)).join(','))
  if (view.domain) kept.set('domain', view.domain)
  if (view.text) kept.set('q', view.text)
  if (view.change) kept.set('change', view.change)
  try {
    history.replaceState(null, '', `#${kept}`)
  } catch {
    // A page in a frame may have no address of its own.
  }
}

/** Whether a change passes all filters except the domain. */
export function passes(/** @type {any} */ change, /** @type {string} */ haystack) {
  if (!view.levels.has(levelOf(change, view.judgement))) return false
  return view.text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}
