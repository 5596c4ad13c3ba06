import type { Direction } from '../compare/change.ts'
import { suspicionIds, suspicionSentence } from '../compare/suspicions.ts'
import { rules } from '../rules/all-rules.ts'
import type { Rule } from '../rules/rule.ts'

const sections: [Direction | undefined, string][] = [
  [undefined, 'Operations and domains'],
  ['request', 'What is sent'],
  ['response', 'What is received as an answer'],
  ['notification', 'What is received as a notification'],
]

const opening = `# Rules of \`diff\`

Generated from \`codegen/diff/rules/all-rules.ts\`; a test says so when it is not up to date.

Each change is judged twice. **wire** asks for a deployed app that keeps its SDK, **types** for an app that upgrades and
compiles. Levels: \`breaking\`, an app stops working; \`warning\`, it may; \`info\`, it need not care. Where the generated types do
not know a place (errors, a notification's envelope, a media type beside the first), types is \`info\`.

Ids are oasdiff's where it has the rule. oasdiff tells the body itself and its properties apart by id, here the location does.
"Mirror" is what the same change is called with the sides swapped.

**Judges.** \`types\` is what the TypeScript compiler says of the generated types: old request to new request, new answer to old
answer, and an app that writes out, or reads, all that the old type names. \`wire\` of requests is what ajv says of instances of
the old schema. What they cannot see, or see otherwise:

- A property that is removed is still assignable; written as an object literal it is an excess property, and read from an answer
  it is an error. That counts as breaking.
- \`const\`, formats and bounds are not in the types: info there, breaking on the wire.
- The types have a text that holds JSON as what it holds: that an object becomes such a text breaks the wire alone.
- Encryption is done by the client: it breaks a deployed app, and is nothing to see for JSON Schema or TypeScript.
- A text that is told to hold JSON may have held it all along: a warning, though a validator that reads it could refuse.
- Forms (\`oneOf\`) are alternatives: a form that is added is info, though to the letter \`oneOf\` refuses what two forms allow.
- Paths, methods, hosts, signatures and media types are no part of a schema.

**Version.** A breaking change of types is a major version from 1.0 on, and a minor one before it; additions and warnings are minor,
before 1.0 patch; anything else is patch.
`

/** The rule table as Markdown: \`docs/diff-rules.md\`. */
export function rulesMarkdown(): string {
  const tables = sections.map(([direction, title]) => {
    const own = rules.filter((rule) => rule.direction === direction)
    return `## ${title}\n\n${heading}\n${own.map(row).join('\n')}\n`
  })
  return [opening, ...tables, suspicions()].join('\n')
}

const heading =
  '| id | wire | types | says | why | do | mirror |\n| --- | --- | --- | --- | --- | --- | --- |'

function row({ id, wire, types, sentence, why, advice, mirror }: Rule): string {
  const both = ({ en, zh }: { en: string; zh: string }) => `${cell(en)}<br>${cell(zh)}`
  const swapped = 'none' in mirror ? cell(mirror.none) : mirror.map((name) => `\`${name}\``).join(', ')
  return `| \`${id}\` | ${wire} | ${types} | ${both(sentence)} | ${both(why)} | ${both(advice)} | ${swapped} |`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function suspicions(): string {
  const rows = suspicionIds.map((id) => {
    const { en, zh } = suspicionSentence(id)
    return `| \`${id}\` | ${cell(en)}<br>${cell(zh)} |`
  })
  return `## Suspicions\n\nReported first: probably an error of the page.\n\n| id | says |\n| --- | --- |\n${rows.join('\n')}\n`
}

/** The rule table for a terminal. */
export function rulesText(language: 'en' | 'zh' = 'en'): string {
  const width = Math.max(...rules.map(({ id }) => id.length))
  const lines = rules.map(
    ({ id, wire, types, sentence }) =>
      `${id.padEnd(width)}  ${wire.padEnd(8)}  ${types.padEnd(8)}  ${sentence[language]}`,
  )
  return `${'rule'.padEnd(width)}  wire      types\n${lines.join('\n')}\n`
}
