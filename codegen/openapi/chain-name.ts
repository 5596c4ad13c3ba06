/** One segment of a path and the name of its node in the chain. */
export interface ChainStep {
  segment: string
  name: string
}

/**
 * The names of a path in wechatpay-php's chain: `pay-devices` → `payDevices`, `{guide_id}` → `_guide_id_`, and
 * `_empty_` for a trailing slash. What precedes `v3` is not part of the chain: it belongs to `base_uri`.
 */
export function chainNames(path: string): string[] {
  return chainSegments(path).map((segment) => {
    if (segment === '') return '_empty_'
    return segment.replace(/^\{(.*)\}$/, '_$1_').replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())
  })
}

/**
 * The steps that a chain takes to a path, from `v3` on.
 * @param own the names of an operation that does not follow the rule, as `x-chain` gives them
 */
export function chainSteps(path: string, own?: string): ChainStep[] {
  const names = own?.split('.') ?? chainNames(path)
  return chainSegments(path).map((segment, index) => ({ segment, name: names[index]! }))
}

/** What precedes `/v3` in a path: `/hk`, or nothing. */
export function prefixOf(path: string): string {
  return path.slice(0, Math.max(path.indexOf('/v3/'), 0))
}

function chainSegments(path: string): string[] {
  return path.slice(prefixOf(path).length + 1).split('/')
}
