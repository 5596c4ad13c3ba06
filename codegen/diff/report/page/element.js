/**
 * Creates an element. Strings among the children become text, never markup.
 * @param {string} name `div`, or `div.class.other`
 * @param {Record<string, any>} properties attributes and, as `on…`, listeners; `undefined` and `false` are omitted
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.')
  const element = document.createElement(tag)
  if (classes.length > 0) element.className = classes.join(' ')
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else element.setAttribute(key, value === true ? '' : String(value))
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child)
  }
  return element
}

/** @param {string} id */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}

/**
 * Text, with a link if there is an address.
 * @param {string} text
 * @param {string | undefined} address
 */
export function anchor(text, address) {
  return address ? h('a', { href: address, rel: 'noreferrer' }, text) : h('span', {}, text)
}

/**
 * A sentence with names between backticks.
 * @param {string} text
 */
export function sentence(text) {
  const parts = text.split('`')
  // An unpaired backtick is literal.
  if (parts.length % 2 === 0) return [text]
  return parts.map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part))
}
