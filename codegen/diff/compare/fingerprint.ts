import { createHash } from 'node:crypto'
import { canonical } from './json.ts'

/** 16 hexadecimal digits that identify values, the same on every machine. */
export function fingerprint(...values: unknown[]): string {
  return createHash('sha256').update(canonical(values)).digest('hex').slice(0, 16)
}
