// A line that explains one value: `SUCCESS：支付成功`, with or without backticks and a number.
const explained = /^(?:\d+[、.]\s*)?(?:`([A-Za-z0-9_-]+)`|([A-Z][A-Z0-9_]*))\s*[:：]\s*\S/
const announced = /(?:枚举值|取值如下|可选状态|可选值|取值)\s*[:：]?\s*$/

/**
 * The values that a description explains line by line, as in `枚举值：<br/>GLOBAL：全场代金券<br/>SINGLE：单品优惠`.
 * One such line is an example unless the line before it announces values.
 */
export function proseValues(text: string): string[] | undefined {
  const lines = text.split(/<br\s*\/?>/i).map((line) => line.trim())
  const values = lines.map((line) => {
    const found = explained.exec(line)
    return found?.[1] ?? found?.[2]
  })
  const first = values.findIndex((value) => value !== undefined)
  if (first < 0) return undefined
  const listed = first > 0 && announced.test(lines[first - 1]!)
  const named = [...new Set(values.filter((value) => value !== undefined))]
  return listed || named.length > 1 ? named : undefined
}
