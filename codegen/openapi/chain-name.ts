/**
 * The names under which wechatpay-php's chain knows a path: `pay-devices` → `payDevices`, `{guide_id}` →
 * `_guide_id_`, and `_empty_` behind a slash at the end. What stands before `v3` is not part of the chain: there
 * it belongs to `base_uri`.
 */
export function chainNames(path: string): string[] {
  return chainSegments(path).map((segment) => {
    if (segment === '') return '_empty_'
    return segment.replace(/^\{(.*)\}$/, '_$1_').replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())
  })
}

/** The segments of a path from `v3` on. */
export function chainSegments(path: string): string[] {
  return path.slice(prefixOf(path).length + 1).split('/')
}

/** What stands before `/v3` in a path: `/hk`, or nothing. */
export function prefixOf(path: string): string {
  return path.slice(0, Math.max(path.indexOf('/v3/'), 0))
}
