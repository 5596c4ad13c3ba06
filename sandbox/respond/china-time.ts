/** Formats a time as WeChat Pay does: RFC 3339 in China Standard Time. */
export function chinaTime(time: Date): string {
  return new Date(time.getTime() + 8 * 3600_000).toISOString().replace(/\.\d+Z$/, '+08:00')
}
