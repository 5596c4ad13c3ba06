import type { Change, Subject } from '../compare/change.ts'

/** A path within an operation: `body › amount › total`. */
export function pathLabel(location: readonly string[]): string {
  return location.join(' › ')
}

/** An operation and a path within it: `POST /v3/pay/transactions/jsapi body › amount`. */
export function fullLabel({ subject, location }: { subject: Subject; location: readonly string[] }): string {
  return [subject.operation ?? subject.domain, pathLabel(location)].filter(Boolean).join(' ')
}

/** File and line of the newer side that has them. */
export function sourceLabel({ before, after }: Pick<Change, 'before' | 'after'>): string | undefined {
  return after?.place ?? before?.place
}
