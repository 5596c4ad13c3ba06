const formats = [
  ['date-time', /rfc\s?-?3339|yyyy-MM-ddTHH:mm:ss/i],
  ['yyyyMMddHHmmss', /yyyyMMddHHmmss/i],
  ['yyyy-MM-dd HH:mm:ss', /yyyy-MM-dd HH:mm(?::ss)?/i],
  ['yyyyMMdd', /yyyyMMdd(?![\w-])/i],
  ['date', /yyyy-MM-dd(?![\w:-]| HH)/i],
] as const

/** How a date or a time is written: a format of OpenAPI, or the pattern itself. */
export type Format = (typeof formats)[number][0]

/** The format that a text names; undefined when it names none, or several. */
export function readFormat(prose: string): Format | undefined {
  const found = formats.filter(([, pattern]) => pattern.test(prose))
  return found.length === 1 ? found[0]![0] : undefined
}
