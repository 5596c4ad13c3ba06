import type { KnownOperations } from './operation.ts'
import { operationsAt } from './spelling.ts'

/**
 * The name of the operation that a URL of WeChat Pay's reaches, for hooks and messages: method and template path. The id
 * of a file is a variable of the path, also where the client does not know the operation.
 */
export function operationAt({ pathname }: URL, operations: KnownOperations): string {
  const masked = () => pathname.replace(/[^/]+/g, (segment) => (isWord(segment) ? segment : '{id}'))
  return operationsAt('GET', pathname, operations)[0]?.name ?? `GET ${masked()}`
}

function isWord(segment: string): boolean {
  return /^(?:v\d|[a-z]+(?:[-_][a-z]+)*)$/.test(segment)
}
