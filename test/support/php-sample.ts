import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Engine } from 'php-parser'

/** Reads the calls in the pages' PHP samples. It shares no code with codegen/, because tests compare the two. */

/** A sample: its call of `$instance`. */
export interface PhpCall {
  label: string
  /** In lower case, without `Async`. */
  method: string
  /** Of the first style: `['v3', 'smartguide', 'guides']`. */
  names?: string[]
  /** Of the other two: `v3/smartguide/guides`. */
  path?: string
  options: Record<string, unknown>
}

/** The samples below one heading. */
export interface PhpSamples {
  page: string
  calls: PhpCall[]
}

interface Node {
  kind: string
  [key: string]: unknown
}

/** Stands in for values that PHP computes: an encrypted text, a stream. */
export const computed = 'computed'

const engine = new Engine({ parser: { suppressErrors: false }, ast: {} })

/** The samples of all pages in a folder, grouped by operation. */
export function readSamples(folder: string): PhpSamples[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && file.includes('v3/'))
    .sort()
    .flatMap((file) => groups(readFileSync(join(folder, file), 'utf8'), file))
}

function groups(text: string, page: string): PhpSamples[] {
  return text.split(/^::: code-group\s*$/m).flatMap((group) => {
    const end = group.search(/^:::\s*$/m)
    const fences = group.slice(0, end === -1 ? undefined : end)
    const calls = [
      ...fences.matchAll(/^```php \[([^\]]*(?:链式|声明式|属性式))\]\n([\s\S]*?)^```/gm),
    ].flatMap(([, label, code]) => callIn(label!, code!) ?? [])
    return calls.length > 0 ? [{ page, calls }] : []
  })
}

function callIn(label: string, code: string): PhpCall | undefined {
  const found = find(engine.parseEval(code) as unknown as Node)
  return found && { label, ...found }
}

// The first call that begins at $instance.
function find(node: unknown): Omit<PhpCall, 'label'> | undefined {
  if (Array.isArray(node)) {
    for (const one of node) {
      const found = find(one)
      if (found) return found
    }
    return undefined
  }
  if (node === null || typeof node !== 'object') return undefined
  const call = node as Node
  const made = call.kind === 'call' ? readCall(call) : undefined
  return made ?? find(Object.values(call).filter((value) => typeof value === 'object'))
}

function readCall(call: Node): Omit<PhpCall, 'label'> | undefined {
  const what = call['what'] as Node
  if (what.kind !== 'propertylookup') return undefined
  const verb = /^(get|post|put|patch|delete)(?:Async)?$/.exec(nameOf(what['offset'] as Node))?.[1]
  if (!verb) return undefined
  const place = receiver(what['what'] as Node)
  if (!place) return undefined
  const [options] = call['arguments'] as Node[]
  return { method: verb, ...place, options: (options ? literalOf(options) : {}) as PhpCall['options'] }
}

function receiver(node: Node): { names: string[] } | { path: string } | undefined {
  if (node.kind === 'offsetlookup' && isInstance(node['what']))
    return { path: String(literalOf(node['offset'] as Node)) }
  if (node.kind === 'call') {
    const what = node['what'] as Node
    if (!isInstance(what['what']) || nameOf(what['offset'] as Node) !== 'chain') return undefined
    return { path: String(literalOf((node['arguments'] as Node[])[0]!)) }
  }
  const names: string[] = []
  let at = node
  while (at.kind === 'propertylookup') {
    names.unshift(nameOf(at['offset'] as Node))
    at = at['what'] as Node
  }
  return isInstance(at) && names.length > 0 ? { names } : undefined
}

function isInstance(node: unknown): boolean {
  return (node as Node).kind === 'variable' && (node as Node)['name'] === 'instance'
}

function nameOf(node: Node): string {
  return String(node['name'] ?? node['value'] ?? '')
}

function literalOf(node: Node): unknown {
  if (node.kind === 'string' || node.kind === 'boolean') return node['value']
  if (node.kind === 'number') return Number(node['value'])
  if (node.kind === 'nullkeyword') return null
  if (node.kind === 'unary' && node['type'] === '-') return -Number(literalOf(node['what'] as Node))
  if (node.kind === 'call' && nameOf(node['what'] as Node).endsWith('json_encode'))
    return JSON.stringify(literalOf((node['arguments'] as Node[])[0]!))
  if (node.kind !== 'array') return computed
  const items = (node['items'] as (Node | null)[]).filter((item) => item?.kind === 'entry') as Node[]
  if (items.every((item) => !item['key'])) return items.map((item) => literalOf(item['value'] as Node))
  return Object.fromEntries(
    items.map((item) => [String(literalOf(item['key'] as Node)), literalOf(item['value'] as Node)]),
  )
}
