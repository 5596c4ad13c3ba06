import { h, sentence } from './element.js'
import { keepView, view } from './filters.js'
import { sideBySideTable } from './rows.js'
import { marks, words } from './words.js'

/**
 * One change: its message and, when opened, both sides, why it matters and what to do.
 * @param {any} data
 * @param {any} change
 * @param {boolean} open
 */
export function card(data, change, open) {
  const say = words[view.language]
  const details = h(
    `details.change.${worseLevel(change)}`,
    { id: `c-${change.id}` },
    h(
      'summary',
      {},
      h('span.pills', {}, pill('wire', change.wire), pill('types', change.types)),
      h(
        'span.text',
        {},
        h('span.message', { dir: 'auto' }, ...sentence(change[view.language])),
        h(
          'span.where',
          { translate: 'no' },
          change.direction
            ? h('span.direction', {}, say.directions[/** @type {'request'} */ (change.direction)])
            : null,
          change.location.join(' › '),
        ),
      ),
    ),
  )
  const fill = () => {
    if (details.childElementCount === 1) details.append(body(data, change))
  }
  // Closed cards have no body: a thousand of them would be slow.
  details.addEventListener('toggle', fill)
  if (open) {
    fill()
    details.setAttribute('open', '')
  }
  return details
}

/** @param {any} change */
function worseLevel(change) {
  if (change.wire === 'breaking' || change.types === 'breaking') return 'breaking'
  return change.wire === 'warning' || change.types === 'warning' ? 'warning' : 'info'
}

/** @param {'wire' | 'types'} judgement @param {'breaking' | 'warning' | 'info'} level */
function pill(judgement, level) {
  const say = words[view.language]
  const text = `${say[judgement]}: ${say.levels[level]}`
  return h(
    `span.pill.${level}`,
    { title: text },
    h('span', { 'aria-hidden': 'true' }, `${marks[level]} ${say[judgement]}`),
    h('span.hidden', {}, text),
  )
}

/** @param {any} data @param {any} change */
function body(data, change) {
  const say = words[view.language]
  const help = data.rules[change.rule]
  const facts = h('dl.facts')
  const fact = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...value) =>
    facts.append(h('dt', {}, name), h('dd', {}, ...value))
  if (change.reason) fact(say.reason, change.reason)
  if (help) {
    fact(say.why, ...sentence(help.why[view.language]))
    fact(say.advice, ...sentence(help.advice[view.language]))
  }
  return h(
    'div.body',
    {},
    sideBySideTable(change.rows, [data.sides.before, change.before], [data.sides.after, change.after]),
    facts,
    tools(change),
  )
}

/** @param {any} change */
function tools(change) {
  const say = words[view.language]
  const permalink = h(
    'a',
    {
      href: `#lang=${view.language}&change=${encodeURIComponent(change.id)}`,
      onclick: (/** @type {Event} */ event) => {
        event.preventDefault()
        view.change = change.id
        keepView()
      },
    },
    h('code', {}, change.id),
  )
  const command = `npx wechatpay-fetch-codegen diff OLD NEW --accept ${change.id} --reason ''`
  const copy = h('button.quiet', { type: 'button', title: say.copy }, say.accept)
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(command).then(
      () => copy.replaceChildren(say.copied),
      () => copy.replaceChildren(command),
    )
  })
  return h('p.tools', {}, h('code', { title: say.rule }, change.rule), permalink, change.reason ? null : copy)
}
