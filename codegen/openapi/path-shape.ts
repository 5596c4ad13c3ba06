/** A path without the names of its variables. Two paths of one shape are the same path to a server. */
export function pathShape(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}')
}
