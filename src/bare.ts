import { isError } from './is-error.ts'

/** What is kept of an error whose other properties may hold secrets. */
export interface Bare extends Error {
  code?: string
}

/** Copies name, message, code and stack only: errors of some HTTP libraries hold the request with its Authorization. */
export function bare(thrown: unknown, depth = 0): Bare | undefined {
  if (!isError(thrown) || depth > 3) return undefined
  const cause = bare(thrown.cause, depth + 1)
  const copy: Bare = new Error(thrown.message, cause && { cause })
  copy.name = thrown.name
  if (thrown.stack) copy.stack = thrown.stack
  const { code } = thrown as { code?: unknown }
  if (typeof code === 'string') copy.code = code
  return copy
}

/** The code or message of the innermost cause, since `fetch failed` by itself says nothing. */
export function reasonOf(error: Bare): string {
  return error.cause instanceof Error ? reasonOf(error.cause) : (error.code ?? error.message)
}
