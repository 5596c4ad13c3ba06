import { RequestError } from '../errors.ts'
import { parseJson } from '../json.ts'
import { stringEnd } from './json-text.ts'

/** Half of a surrogate pair, as it is or as an escape, or the word null anywhere: rare enough to look closer then. */
const suspicious = /[\ud800-\udfff]|\\u[dD][89a-fA-F]|null/

/** The first of four bytes of UTF-8, in a URL. */
const suspiciousUrl = /%f[0-4]|[\ud800-\udfff]/i

/** What a JSON text is made of, but for true, false and numbers. */
const tokens = /["{}[\],]|null/g

const colon = /\s*:/y

interface Finding {
  place: string
  problem: 'null' | 'character' | 'half'
}

/**
 * Tells, before it is sent, a JSON text that the gateway would refuse: it takes no `null`, and no character that is
 * longer than three bytes in UTF-8, such as most emoji and the rarer Chinese characters.
 *
 * What is encrypted may hold any character, so the text to look at is the sealed one.
 *
 * @param text a JSON text, as it goes out
 * @param operation for messages
 * @throws {RequestError} ERR_TEXT that names the first place; it does not quote what stands there
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012081726
 */
export function refuseText(text: string, operation: string): void {
  if (!suspicious.test(text)) return
  const found = locate(text)
  if (found) throw refusal(found, operation)
  // Outside of all strings, so it is no JSON, and the gateway refuses it all the more.
  const problem = judged(text)
  if (problem) throw refusal({ place: 'the body', problem }, operation)
}

/**
 * The same for the parameters of a URL's query.
 *
 * @param url whole, or its path with query; percent-encoded
 * @param operation for messages
 * @throws {RequestError} ERR_TEXT that names the parameter
 */
export function refuseQuery(url: string, operation: string): void {
  if (!suspiciousUrl.test(url) || !url.includes('?')) return
  for (const [name, value] of new URLSearchParams(url.slice(url.indexOf('?')).split('#', 1)[0])) {
    const problem = judged(name) ?? judged(value)
    if (problem) throw refusal({ place: `query parameter ${shown(name)}`, problem }, operation)
  }
}

/** Goes through the text once, however deep it is, and keeps the way to where it is. */
function locate(text: string): Finding | undefined {
  const way: (string | number)[] = []
  const finding = (problem: Finding['problem']) => ({ place: written(way), problem })
  tokens.lastIndex = 0
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    const at = way.length - 1
    const [sign] = token
    if (sign === 'null') return finding('null')
    if (sign === '{') way.push('')
    else if (sign === '[') way.push(0)
    else if (sign === ']' || sign === '}') way.pop()
    else if (sign === ',') {
      const index = way[at]
      if (typeof index === 'number') way[at] = index + 1
    } else {
      const end = stringEnd(text, token.index)
      const literal = text.slice(token.index, end)
      const value = (parseJson(literal) as string | undefined) ?? literal
      const problem = judged(value)
      tokens.lastIndex = end
      colon.lastIndex = end
      if (colon.test(text) && at >= 0) way[at] = value
      if (problem) return finding(problem)
    }
  }
  return undefined
}

function judged(text: string): 'character' | 'half' | undefined {
  if (/\p{Surrogate}/u.test(text)) return 'half'
  return /[\u{10000}-\u{10ffff}]/u.test(text) ? 'character' : undefined
}

function written(way: (string | number)[]): string {
  const steps = way.map((step) => (typeof step === 'number' ? `[${step}]` : `.${shown(step)}`))
  return steps.join('').replace(/^\./, '') || 'the body'
}

/** A name may be anything at all, and messages end up in logs. */
function shown(name: string): string {
  return /^[\w-]{1,64}$/.test(name) ? name : '(a name of other characters)'
}

function refusal({ place, problem }: Finding, operation: string): RequestError {
  const [says, hint] = {
    null: ['is null', 'Leave the field out; undefined in a list and NaN become null in JSON'],
    character: [
      'holds a character of four bytes, which the gateway refuses',
      'Remove emoji and the like, or write them in another way',
    ],
    half: ['holds half of a surrogate pair', 'The text was cut in the middle of a character'],
  }[problem]
  return new RequestError('ERR_TEXT', `${place} ${says}`, { operation, hint })
}
