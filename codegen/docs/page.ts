import { parse as parseYaml } from 'yaml'
import { verbs } from '../verbs.ts'
import type { Position, Reporter } from './diagnostics.ts'
import { LineError } from './line-error.ts'
import { attribute, type Token, tokenize } from './markdown.ts'
import { readTable, type Table } from './table.ts'

/** A code fence: its label (`异步纯链式`), its code, and where the code begins. */
export interface Fence extends Position {
  label: string
  code: string
}

/** A `:::` box above the tables, such as a deprecation: its classes, text and links. */
export interface Notice extends Position {
  name: string
  text: string
  links: string[]
}

/** The part of a page that documents one operation. */
export interface Section extends Position {
  /** The heading's anchor: the HTTP method in lower case. */
  anchor: string
  title: string
  description: string
  notices: Notice[]
  tables: Table[]
  fences: Fence[]
  /** The anchors of a list below the table: variants that share the table. */
  variants: string[]
  /** Links to the official documentation. */
  links: string[]
}

/** A page, read into sections. */
interface Page {
  sections: Section[]
  /** The target of a redirect. */
  moved?: string
}

const anchors = new Set<string>(verbs)

/** The largest front matter of a page has 400 characters. */
const matterLimit = 16_384

/** Reads the text of a page. A page with errors is returned as far as it could be read. */
export function readPage(text: string, reporter: Reporter): Page {
  const { matter, body } = frontMatter(text, reporter)
  if (reporter.failed) return { sections: [] }
  const moved = redirect(matter)
  if (moved !== undefined) return { sections: [], moved }
  let tokens: Token[]
  try {
    tokens = tokenize(body)
  } catch (error) {
    const line = error instanceof LineError ? error.line : 1
    reporter.report('markdown', { line, column: 1 }, (error as Error).message)
    return { sections: [] }
  }
  const sections = readSections(tokens, body.split('\n'), matter, reporter)
  if (sections.length === 0) {
    reporter.report('page-kind', { line: 1, column: 1 }, 'no heading has a method anchor such as {#post}')
  }
  return { sections }
}

/** The section's table with this id. A section has one of each. */
export function onlyTable(
  section: Section,
  id: 'request' | 'response',
  reporter: Reporter,
): Table | undefined {
  const [table, second] = section.tables.filter((candidate) => candidate.id === id)
  if (!table)
    reporter.report('table-missing', section, `${section.title} has no table with {.im-table #${id}}`)
  if (second)
    reporter.report(
      'table-duplicate',
      second,
      `a second table with #${id}; the first is in line ${table!.line}`,
    )
  return table
}

function readSections(tokens: Token[], lines: string[], matter: FrontMatter, reporter: Reporter): Section[] {
  const sections: Section[] = []
  let section: Section | undefined
  let notice: Notice | undefined
  const containers: Position[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const line = (token.map?.[0] ?? 0) + 1
    if (token.type === 'heading_open') {
      notice = undefined
      if (!anchors.has(attribute(token, 'id') ?? '')) continue
      section = newSection(token, tokens[i + 1]!, matter, reporter)
      sections.push(section)
    } else if (token.type === 'paragraph_open') {
      const inline = tokens[i + 1]!
      const opened = /^:{3,}[ \t]*([\w-]+)/.exec(inline.content)?.[1]
      const closes = /(?:^|\n):{3,}[ \t]*$/.test(inline.content)
      if (opened) {
        containers.push({ line, column: 1 })
        notice = opened === 'code-group' ? undefined : openNotice(inline.content, line)
        if (notice) section?.notices.push(notice)
      }
      if (notice) {
        const text = inline.content.replace(/^:{3,}[^\n]*\n?/, '').replace(/(?:^|\n):{3,}[ \t]*$/, '')
        if (text !== '') notice.text += `${text}\n`
        notice.links.push(...links(inline))
      } else if (section && !opened && !closes) {
        readParagraph(section, inline)
      }
      if (closes) {
        notice = undefined
        containers.pop()
      }
    } else if (token.type === 'list_item_open' && section?.tables.length === 1) {
      const id = attribute(token, 'id') ?? listAnchor(tokens, i)
      if (id) section.variants.push(id)
    } else if (token.type === 'fence' && section) {
      if (!isClosed(token, lines))
        reporter.report(
          'container-unclosed',
          { line, column: 1 },
          `this code fence is not closed with ${token.markup}`,
        )
      section.fences.push({
        label: /\[([^[\]]*)\]/.exec(token.info)?.[1] ?? '',
        code: token.content,
        line: line + 1,
        column: 1,
      })
    } else if (token.type === 'table_open') {
      const { table, next } = readTable(tokens, i, lines, reporter)
      i = next
      if (section && (table.id === 'request' || table.id === 'response')) section.tables.push(table)
      else
        reporter.report(
          'table-missing',
          table,
          'the table has neither {#request} nor {#response}, or precedes the first operation',
        )
    }
  }
  for (const container of containers)
    reporter.report('container-unclosed', container, 'this container is not closed with :::')
  return sections
}

// A fence that is not closed extends to the end of its parent.
function isClosed({ map, markup, level }: Token, lines: string[]): boolean {
  const [open, end] = map!
  const last = lines[end - 1]!.trim()
  return level > 0 || (end - open > 1 && last.startsWith(markup) && last.replaceAll(markup[0]!, '') === '')
}

function newSection(open: Token, inline: Token, matter: FrontMatter, reporter: Reporter): Section {
  const heading = inline.content
    .trim()
    .replace(/\{[^{}]*\}$/, '')
    .trim()
  const fromMatter = heading.includes('$frontmatter.title')
  const section: Section = {
    anchor: attribute(open, 'id')!,
    title: fromMatter ? matter.title : heading,
    description: matter.description,
    notices: [],
    tables: [],
    fences: [],
    variants: [],
    links: [],
    line: (open.map?.[0] ?? 0) + 1,
    column: 1,
  }
  if (section.title === '')
    reporter.report(
      'title-missing',
      section,
      fromMatter ? 'the front matter has no title' : 'the heading is empty',
    )
  return section
}

// The first paragraph is the description, unless the front matter has one. The links follow the tables.
function readParagraph(section: Section, inline: Token): void {
  if (section.tables.length === 0 && section.description === '' && !inline.content.startsWith('{'))
    section.description = inline.content
  else if (section.tables.length > 1) section.links.push(...links(inline).filter(isPage))
}

// Reads `::: danger :no_entry_sign: {.im-deprecated}`. The attribute plugin does so only when an empty line follows.
function openNotice(content: string, line: number): Notice {
  const attributes = /\{([^{}\n]*)\}/.exec(content.split('\n', 1)[0]!)?.[1] ?? ''
  const classes = attributes.split(' ').flatMap((part) => (part.startsWith('.') ? part.slice(1) : []))
  return { name: classes.join(' '), text: '', links: [], line, column: 1 }
}

function listAnchor(tokens: Token[], from: number): string | undefined {
  for (let i = from + 1; tokens[i] && tokens[i]!.type !== 'list_item_close'; i++) {
    const id = attribute(tokens[i]!, 'id') ?? /\{#([\w-]+)\}\s*$/.exec(tokens[i]!.content)?.[1]
    if (id) return id
  }
  return undefined
}

// Some pages link to a screenshot first.
function isPage(link: string): boolean {
  return /^https?:/.test(link) && !/\.(?:png|jpe?g|gif|svg|webp)(?:[?#]|$)/i.test(link)
}

// Leaves out links with an invalid escape, such as %E0%A4.
function links(inline: Token): string[] {
  return (inline.children ?? []).flatMap((child) => {
    const href = child.type === 'link_open' ? attribute(child, 'href') : undefined
    return href === undefined || !decodes(href) ? [] : [href]
  })
}

function decodes(href: string): boolean {
  try {
    decodeURI(href)
    return true
  } catch {
    return false
  }
}

interface FrontMatter {
  title: string
  description: string
  head: unknown
}

function frontMatter(text: string, reporter: Reporter): { matter: FrontMatter; body: string } {
  const matter: FrontMatter = { title: '', description: '', head: undefined }
  if (!/^---[ \t]*\n/.test(text)) return { matter, body: text }
  const found = /^---[ \t]*\n([\s\S]*?)^---[ \t]*$/m.exec(text)
  if (!found || found[1]!.length > matterLimit) {
    const message = found
      ? `${found[1]!.length} characters, at most ${matterLimit} are allowed`
      : 'it is not closed with ---'
    reporter.report('front-matter', { line: 1, column: 1 }, message)
    return { matter, body: '' }
  }
  try {
    const values: unknown =
      plainValues(found[1]!) ?? parseYaml(found[1]!, { maxAliasCount: 0, logLevel: 'error' })
    if (typeof values !== 'object' || Array.isArray(values))
      throw new TypeError('it is not a map of names to values')
    const { title, description, head } = (values ?? {}) as Record<string, unknown>
    if (typeof title === 'string') matter.title = title.trim()
    if (typeof description === 'string') matter.description = description.trim()
    matter.head = head
  } catch (error) {
    const [place] = (error as { linePos?: { line: number; col: number }[] }).linePos ?? []
    const at = { line: (place?.line ?? 1) + 1, column: place?.col ?? 1 }
    reporter.report('front-matter', at, (error as Error).message.split('\n')[0]!)
  }
  // Its lines are kept empty, so that the lines below keep their numbers.
  const lines = found[0].split('\n').length - 1
  return { matter, body: '\n'.repeat(lines) + text.slice(found[0].length) }
}

// Nearly all front matter is lines of plain Chinese text, which need no YAML parser.
function plainValues(text: string): Record<string, string> | undefined {
  const values: Record<string, string> = {}
  for (const line of text.trimEnd().split('\n')) {
    const found = /^(title|description): (\p{Script=Han}[^#:\n]*)$/u.exec(line)
    if (!found || found[1]! in values) return undefined
    values[found[1]!] = found[2]!
  }
  return values
}

function redirect(matter: FrontMatter): string | undefined {
  if (!matter.title.startsWith('Moved to')) return undefined
  return (
    /url=([^"'\s\]]+)/.exec(JSON.stringify(matter.head ?? ''))?.[1] ??
    matter.title.slice('Moved to'.length).trim()
  )
}
