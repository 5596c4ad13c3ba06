import { RequestError } from '../errors.ts'
import { parseJson } from '../json.ts'
import { stringEnd } from './json-text.ts'

/** The tokens of JSON, without true, false, numbers, colons and white space. */
const tokens = /["{}[\],]|null/g

const colon = /\s*:/y

/** What the gateway refuses, and where. */
interface Finding {
  place: string
  problem: 'null' | 'four bytes' | 'surrogate'
}

/**
 * What the gateway would refuse in a JSON text.
 *
 * @returns an error that names the first such place and does not quote its value
 */
export function problemInText(text: string, operation: string): RequestError | undefined {
  const found = locate(text)
  if (found) return refusal(found, operation)
  // Not in a string, so this is not JSON either.
  const problem = problemOf(text)
  return problem && refusal({ place: 'the body', problem }, operation)
}

/** The same for the parameters in a URL's query. */
export function problemInQuery(url: string, operation: string): RequestError | undefined {
  for (const [name, value] of new URLSearchParams(url.slice(url.indexOf('?')).split('#', 1)[0])) {
    const problem = problemOf(name) ?? problemOf(value)
    if (problem) return refusal({ place: `query parameter ${shown(name)}`, problem }, operation)
  }
  return undefined
}

/** Finds the first problem in one pass without recursion, keeping the path to the current value. */
function locate(text: string): Finding | undefined {
  const path: (string | number)[] = []
  const finding = (problem: Finding['problem']) => ({ place: placeOf(path), problem })
  tokens.lastIndex = 0
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    const at = path.length - 1
    const [sign] = token
    if (sign === 'null') return finding('null')
    if (sign === '{') path.push('')
    else if (sign === '[') path.push(0)
    else if (sign === ']' || sign === '}') path.pop()
    else if (sign === ',') {
      const index = path[at]
      if (typeof index === 'number') path[at] = index + 1
    } else {
      const end = stringEnd(text, token.index)
      const literal = text.slice(token.index, end)
      const value = (parseJson(literal) as string | undefined) ?? literal
      const problem = problemOf(value)
      tokens.lastIndex = end
      colon.lastIndex = end
      if (colon.test(text) && at >= 0) path[at] = value
      if (problem) return finding(problem)
    }
  }
  return undefined
}

function problemOf(text: string): 'four bytes' | 'surrogate' | undefined {
  if (/\p{Surrogate}/u.test(text)) return 'surrogate'
  return /[\u{10000}-\u{10ffff}]/u.test(text) ? 'four bytes' : undefined
}

function placeOf(path: (string | number)[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${shown(step)}`))
  return steps.join('').replace(/^\./, '') || 'the body'
}

/** Replaces unusual names, since messages end up in logs. */
function shown(name: string): string {
  return /^[\w-]{1,64}$/.test(name) ? name : '(a name with other characters)'
}

function refusal({ place, problem }: Finding, operation: string): RequestError {
  const [says, hint] = {
    null: [
      'is null, which the gateway refuses',
      'Leave the field out. JSON.stringify writes null for NaN, and for undefined in an array',
    ],
    'four bytes': [
      'has a character of four bytes in UTF-8, which the gateway refuses',
      'Remove emoji and rare characters, or write them differently',
    ],
    surrogate: ['has an unpaired surrogate', 'The text was cut in the middle of a character'],
  }[problem]
  return new RequestError('ERR_TEXT', `${place} ${says}`, { operation, hint })
}
