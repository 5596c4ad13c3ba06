const longest = 80
const around = 24

type Value = string | null | undefined

/**
 * Both values of a change, short enough for a sentence. What differs stays visible: values that differ only behind the
 * cut are shown where they differ. An address or a path is never cut, as its end decides where a request goes.
 */
export function shortened(before: Value, after: Value): { before?: Value; after?: Value } {
  const [old, now] = [[...(before ?? '')], [...(after ?? '')]]
  let from = 0
  if (before && after) while (from < old.length && old[from] === now[from]) from++
  return {
    ...(before !== undefined && { before: before && cut(old, from) }),
    ...(after !== undefined && { after: after && cut(now, from) }),
  }
}

function cut(text: readonly string[], at: number): string {
  const whole = text.join('')
  if (text.length <= longest || /^(?:https?:|[A-Z]* ?\/)/i.test(whole)) return whole
  if (at < longest - around || at >= text.length) return `${text.slice(0, longest - 3).join('')}…`
  const start = at - around
  const end = start + longest - 6
  return `${text.slice(0, 4).join('')}…${text.slice(start, end).join('')}${end < text.length ? '…' : ''}`
}
