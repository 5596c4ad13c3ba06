import { join, relative, sep } from 'node:path'

/**
 * The module that `generated/runtime.ts` imports.
 *
 * @param given of `--runtime`: a package, or a path from here that begins with a dot
 * @param out the folder of `generated/`
 */
export function runtimeFor(given: string | undefined, out: string): string | undefined {
  if (!given?.startsWith('.')) return given
  const path = relative(join(out, 'generated'), given).replaceAll(sep, '/')
  return path.startsWith('.') ? path : `./${path}`
}
