import { RequestError } from '../errors.ts'

/** What is wrong with an option, what to do next, and the member that it is about; nothing when it is fine. */
export type Finding = readonly [problem: string, hint?: string | undefined, member?: string] | undefined

/** The checks of the options that a client and a call have both. */
export const callChecks = {
  timeout: duration,
  deadline: duration,
  retry(value: unknown): Finding {
    if (value === undefined || value === false) return undefined
    if (typeof value !== 'object' || value === null) return ['must be false or an object']
    for (const [name, number] of Object.entries(value)) {
      if (!['attempts', 'minDelay', 'maxDelay'].includes(name))
        return ['is not an option', 'retry has attempts, minDelay and maxDelay', `.${name}`]
      const least = name === 'attempts' ? 1 : 0
      if (typeof number !== 'number' || !(number >= least && number < 2 ** 31))
        return [`must be a number of at least ${least}`, undefined, `.${name}`]
    }
    return undefined
  },
  throwOnError(value: unknown): Finding {
    return value === undefined || typeof value === 'boolean' ? undefined : ['must be true or false']
  },
}

/**
 * Checks those options of a call.
 *
 * @throws {RequestError} ERR_REQUEST that names the option
 */
export function checkCallOptions(
  options: { readonly [Name in keyof typeof callChecks]?: unknown },
  operation: string,
): void {
  for (const [name, check] of Object.entries(callChecks)) {
    const [problem, hint, member = ''] = check(options[name as keyof typeof callChecks]) ?? []
    if (problem) throw new RequestError('ERR_REQUEST', `${name}${member} ${problem}`, { operation, hint })
  }
}

function duration(value: unknown): Finding {
  const valid = typeof value === 'number' && value > 0 && value < 2 ** 31
  return value === undefined || valid ? undefined : ['must be a positive number of milliseconds']
}
