import { rules } from '../rules/all-rules.ts'
import type { Direction } from '../rules/level.ts'
import type { Rule, Text } from '../rules/rule.ts'
import { suspicionTexts } from '../rules/suspicion-texts.ts'
import type { Language } from './words.ts'

const sections: [Direction | undefined, string][] = [
  [undefined, 'Operations and domains'],
  ['request', 'Requests'],
  ['response', 'Responses'],
  ['notification', 'Notifications'],
]

const opening = `# Rules of \`diff\`

Generated from \`codegen/diff/rules/\`; a test fails when this file is out of date.

Each change is judged twice: **wire** for a deployed app that keeps its SDK, **types** for an app that upgrades and compiles.
Levels: \`breaking\`, the app stops working; \`warning\`, it may stop working; \`info\`, no action is needed. Where the generated
types do not cover a change (error bodies, the envelope of a notification, media types other than the first), \`types\` is
\`info\`.

Ids are those of oasdiff where oasdiff has the rule. oasdiff has separate ids for a body and its properties; here the location
distinguishes them. "Mirror" lists the rules that report the same change with both sides swapped.

**Judges.** \`types\` is checked against the TypeScript compiler: the old request type must be assignable to the new one and the
new response type to the old one, and an app that writes, or reads, every property that the old type names must compile. \`wire\`
of requests is checked against ajv with instances of the old schema. What these judges cannot see, or see differently:

- A removed property is still assignable, but it is an excess property in an object literal, and reading it from a response
  is an error. It counts as breaking.
- \`const\`, formats and bounds are not part of the types: \`info\` for types, \`breaking\` on the wire.
- The types describe a string that contains JSON by that JSON, so an object that becomes such a string breaks only the wire.
- The client encrypts: a change of encryption breaks a deployed app, but neither JSON Schema nor TypeScript sees it.
- A string that is newly documented to contain JSON may always have contained it: a warning, although a validator that parses
  it could refuse.
- A new value of a closed state in a response is a warning: the types close states so that a misspelt one does not compile,
  and every \`switch\` needs a \`default\`.
- \`oneOf\` is treated as a list of alternatives: an added one is \`info\`, although \`oneOf\` strictly refuses values that match
  two.
- Paths, methods, hosts, signatures and media types are not part of a schema.

**Version.** A breaking change of types requires a major version from 1.0 on, a minor one before. Additions and warnings
require a minor version from 1.0 on, a patch before. Anything else is a patch.
`

/** The rule table as Markdown: `docs/diff-rules.md`. */
export function rulesMarkdown(): string {
  const tables = sections.map(([direction, title]) => {
    const own = rules.filter((rule) => rule.direction === direction)
    return `## ${title}\n\n${heading}\n${own.map(row).join('\n')}\n`
  })
  return [opening, ...tables, suspicionTable()].join('\n')
}

const heading =
  '| id | wire | types | message | why | what to do | mirror |\n| --- | --- | --- | --- | --- | --- | --- |'

function row({ id, wire, types, sentence, why, advice, mirror }: Rule): string {
  const mirrors = mirror.map((name) => `\`${name}\``).join(', ')
  return `| \`${id}\` | ${wire} | ${types} | ${cell(sentence)} | ${cell(why)} | ${cell(advice)} | ${mirrors} |`
}

function cell({ en, zh }: Text): string {
  return `${en}<br>${zh}`.replaceAll('|', '\\|')
}

function suspicionTable(): string {
  const rows = Object.entries(suspicionTexts).map(([id, sentence]) => `| \`${id}\` | ${cell(sentence)} |`)
  return `## Suspicions\n\nReported first: probably a mistake in the page.\n\n| id | message |\n| --- | --- |\n${rows.join('\n')}\n`
}

/** The rule table for a terminal. */
export function rulesText(language: Language = 'en'): string {
  const width = Math.max(...rules.map(({ id }) => id.length))
  const lines = rules.map(
    ({ id, wire, types, sentence }) =>
      `${id.padEnd(width)}  ${wire.padEnd(8)}  ${types.padEnd(8)}  ${sentence[language]}`,
  )
  return `${'rule'.padEnd(width)}  wire      types\n${lines.join('\n')}\n`
}
