import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Where a command writes: data to `stdout`, progress and messages to `stderr`. */
export interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown; isTTY?: boolean }
  /** Ends `--watch`. */
  signal?: AbortSignal
}

/** A command that was typed wrong. The usage is printed after its message. */
export class UsageError extends Error {}

/**
 * The options of a command.
 * @throws UsageError for one that it does not have
 */
export function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/**
 * One of the values that an option may have.
 * @throws UsageError for any other
 */
export function oneOf<Value extends string>(option: string, values: readonly Value[], given: string): Value {
  const found = values.find((value) => value === given)
  if (found === undefined) throw new UsageError(`--${option} is ${listed(values)}, not ${given}`)
  return found
}

/**
 * One of the values that an option may have, or nothing where it was not given.
 * @throws UsageError for any other
 */
export function maybeOneOf<Value extends string>(
  option: string,
  values: readonly Value[],
  given: string | undefined,
): Value | undefined {
  return given === undefined ? undefined : oneOf(option, values, given)
}

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

/** The domains of `--only`, given one by one or with commas. */
export function domains(only: string[] | undefined, more: string[] = []): ReadonlySet<string> | undefined {
  if (only) return new Set([...only, ...more].flatMap((names) => names.split(',')))
  if (more.length > 0) throw new UsageError(`unexpected ${more.join(' ')}`)
  return undefined
}
