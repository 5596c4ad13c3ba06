// Control characters and characters that reorder or hide text: a title must not change how its neighbours look.
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Text of a page on one line, with invisible characters as their code: `\u202e`. */
export function visible(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/\t/g, ' ')
    .replace(invisible, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same, cut if it is long, never within a character. */
export function brief(text: string, most = 300): string {
  const shown = visible(text)
  if (shown.length <= most) return shown
  return `${[...shown.slice(0, most)].slice(0, -1).join('')}…`
}
