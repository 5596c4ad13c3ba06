/** A surrogate, as a character or escaped, or the word null anywhere. Rare, so only a match is looked at closely. */
const suspicious = /[\ud800-\udfff]|\\u[dD][89a-fA-F]|null/

/** The first byte of four in UTF-8, percent-encoded, or a surrogate. */
const suspiciousUrl = /%f[0-4]|[\ud800-\udfff]/i

/**
 * Throws for a JSON text that the gateway would refuse: it accepts no `null`, and no character of four bytes in UTF-8,
 * such as most emoji and some rare Chinese characters.
 *
 * Check the sealed text, because encrypted fields may have any character.
 *
 * @param text a JSON text as it is sent
 * @param operation for messages
 * @throws {RequestError} ERR_TEXT, which names the first such place and does not quote its value
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012081726
 */
export async function refuseText(text: string, operation: string): Promise<void> {
  if (!suspicious.test(text)) return
  const { problemInText } = await import('./text-problems.ts')
  const problem = problemInText(text, operation)
  if (problem) throw problem
}

/**
 * The same for the parameters in a URL's query.
 *
 * @param url percent-encoded; absolute, or a path with its query
 * @param operation for messages
 * @throws {RequestError} ERR_TEXT, which names the parameter
 */
export async function refuseQuery(url: string, operation: string): Promise<void> {
  if (!suspiciousUrl.test(url) || !url.includes('?')) return
  const { problemInQuery } = await import('./text-problems.ts')
  const problem = problemInQuery(url, operation)
  if (problem) throw problem
}
