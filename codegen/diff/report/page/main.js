import { drawControls, nameToggle } from './controls.js'
import { drawDomains } from './domains.js'
import { byId } from './element.js'
import { keepView, levels, passes, readView, view } from './filters.js'
import { drawHead } from './head.js'
import { drawList } from './list.js'
import { drawRest } from './rest.js'
import { drawSuspicions } from './suspicions.js'
import { words } from './words.js'

const data = JSON.parse(byId('data').textContent ?? '')
const haystacks = new Map(data.changes.map((/** @type {any} */ change) => [change, haystack(change)]))

/** All text that a search for a change looks at. @param {any} change */
function haystack(change) {
  const { domain, operation, title, page } = data.subjects[change.subject]
  const where = [domain, operation, title, page?.[0], change.location.join(' › '), change.location.join('.')]
  return [...where, change.en, change.zh, change.rule, change.id].join('\n').toLowerCase()
}

function draw() {
  drawHead(data, draw)
  drawSuspicions(data, (id) => {
    show({ text: id })
    byId('list').focus()
  })
  drawControls((id) => {
    draw()
    if (id) byId(id).focus()
  }, drawChanges)
  drawRest(data)
  drawChanges()
}

function drawChanges() {
  const say = words[view.language]
  const passing = data.changes.filter((/** @type {any} */ change) => passes(change, haystacks.get(change)))
  drawDomains(data, passing, (domain) => {
    view.domain = domain
    drawChanges()
  })
  const own = passing.filter(inDomain)
  byId('count').replaceChildren(say.shown(own.length, data.changes.length))
  drawList(data, own, () => show({}))
  nameToggle()
  keepView()
}

/** @param {any} change */
function inDomain(change) {
  return view.domain === '' || data.subjects[change.subject].domain === view.domain
}

/** Resets the filters, except these. @param {{ text?: string }} chosen */
function show({ text = '' }) {
  view.judgement = 'either'
  view.levels = new Set(levels)
  view.domain = ''
  view.text = text
  draw()
}

byId('filters').addEventListener('submit', (event) => event.preventDefault())
document.addEventListener('keydown', (event) => {
  const search = /** @type {HTMLInputElement} */ (byId('search'))
  const typing = event.target instanceof Element && event.target.matches('input, select, textarea')
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    search.focus()
  } else if (event.key === 'Escape' && event.target === search && view.text !== '') {
    show({})
    byId('search').focus()
  }
})
addEventListener('hashchange', () => {
  readView(view.language)
  draw()
})

readView(data.language ?? navigator.language)
draw()
// For tests that measure the time until the page is interactive.
document.documentElement.dataset.ready = String(Math.round(performance.now()))
