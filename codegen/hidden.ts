/**
 * Characters that nobody sees: control, direction and format characters, half pairs, line ends that only some programs
 * know, and letters without a glyph. They can make two texts look equal, or a text look like another.
 */
export const hidden = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u115f\u1160\u2800\u3164\uffa0]|\u034f/gu

/** A hidden character as source code, in YAML and JSON: `\u200b`. */
export function escapedCharacter(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => {
    return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`
  }).join('')
}

/** JSON in which hidden characters, and `##[`, are escaped; line ends and indents stay. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(hidden, (found) => (found === '\n' ? found : escapedCharacter(found)))
    .replace(/##(?=\[)/g, '#\\u0023')
}

/**
 * A line for a terminal or a log that is no command to whoever reads the log: GitHub's runner takes `::error` at the
 * beginning and `##[` anywhere as commands.
 */
export function withoutCommands(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\\u{3a}').replace(/##(?=\[)/g, '#\\u{23}')
}
