import { ConfigError } from '../errors.ts'

/**
 * The operations of a product domain, with what a client has to know to call them: what is encrypted, what is signed,
 * what may be repeated. `generate` writes it, and a client knows the operations that it was created with, no others.
 *
 * @typeParam Client the type of a client with these operations
 * @typeParam Throwing the same with `throwOnError`
 */
export interface Operations<Client = unknown, Throwing = unknown> {
  /**
   * All paths as a tree: one segment per line, indented by one space per level. After a segment come the initials of its
   * methods (`u` for PUT, `h` for PATCH), each with its traits as JSON where it has some. `segment=name` is a segment
   * whose name in the chain does not follow from it; without a name, the chain leaves the segment out.
   */
  readonly lines: readonly string[]
  /** For the compiler alone: it is never there. */
  readonly client?: Client
  readonly throwing?: Throwing
}

/** The type of a client with the operations of some tables. */
export type ClientWith<Tables extends readonly Operations[]> = Combined<Tables[number]>

/** The same with `throwOnError`. */
export type ThrowingClientWith<Tables extends readonly Operations[]> = CombinedThrowing<Tables[number]>

// As a parameter, a union is an intersection. https://www.typescriptlang.org/docs/handbook/2/conditional-types.html
type Combined<Table extends Operations> = (
  Table extends Operations<infer Client>
    ? (client: Client) => void
    : never
) extends (client: infer Clients) => void
  ? Clients
  : never

type CombinedThrowing<Table extends Operations> = (
  Table extends Operations<unknown, infer Client>
    ? (client: Client) => void
    : never
) extends (client: infer Clients) => void
  ? Clients
  : never

/** The methods by their letter in the table. */
const methods: Readonly<Record<string, string>> = { g: 'GET', p: 'POST', u: 'PUT', h: 'PATCH', d: 'DELETE' }

/** A segment of a path in the table. */
export interface Line {
  /** How many segments are before it. */
  depth: number
  segment: string
  /** Its name in the chain, when that does not follow from it. */
  name: string | undefined
  /** The path up to here: `/v3/pay`. */
  path: string
  /** The operations of that path: their methods, and their traits as JSON or the empty string. */
  operations: [method: string, traits: string][]
}

/**
 * Reads a table line by line.
 * @throws {ConfigError} for anything but `Operations`
 */
export function* linesOf(operations: Operations): Generator<Line> {
  const lines: unknown = operations?.lines
  if (!Array.isArray(lines)) {
    throw new ConfigError('ERR_CONFIG', 'operations has no lines', {
      hint: "Pass what a product domain exports: import { operations } from 'wechatpay-fetch/v3/refund'",
    })
  }
  const segments: string[] = []
  for (const line of lines as readonly string[]) {
    const depth = line.search(/[^ ]/)
    const [label = '', ...own] = line.slice(depth).split(' ')
    const [segment = '', name] = label.split('=')
    segments.length = depth
    segments.push(segment)
    yield {
      depth,
      segment,
      name,
      path: `/${segments.join('/')}`,
      operations: own.map((one) => [methods[one[0]!]!, one.slice(1)]),
    }
  }
}
