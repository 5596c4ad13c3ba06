import { prefixOf } from '../openapi/chain-name.ts'

/** How a path may be written in a call: with `{name}` or `<name>` for each variable. */
export function spellings(path: string): string[] {
  const angled = path.replace(/\{([^{}]*)\}/g, '<$1>')
  return angled === path ? [path] : [path, angled]
}

/** The same for the chain, which has paths as the PHP samples do: from `v3` on, with `{empty}` for a trailing slash. */
export function chainSpellings(path: string): string[] {
  const own = path.slice(prefixOf(path).length + 1)
  return own.endsWith('/') ? [own, ...spellings(`${own}{empty}`)] : spellings(own)
}
