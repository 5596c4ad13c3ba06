import { parse as parseYaml } from 'yaml'
import type { Position, Reporter } from './diagnostics.ts'
import { attribute, type Token, tokenize } from './markdown.ts'
import { readTable, type Table } from './table.ts'

/** A code fence: its label (`异步纯链式`), its text, and where the text begins. */
export interface Fence extends Position {
  label: string
  code: string
}

/** A `:::` box above the tables, such as a deprecation: its class, its text and its links. */
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
  /** Anchors of a list below the table: variants that share the table. */
  variants: string[]
  /** Links to the official documents. */
  links: string[]
}

/** A page read into sections. `moved` is the target of a redirect. */
export interface Page {
  sections: Section[]
  moved?: string
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])

/** Reads the text of a page. Findings go to the reporter; a page with errors is returned as far as it was read. */
export function readPage(text: string, reporter: Reporter): Page {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const { matter, body } = frontMatter(source, reporter)
  const moved = redirect(matter)
  if (moved !== undefined) return { sections: [], moved }
  let tokens: Token[]
  try {
    tokens = tokenize(body)
  } catch (error) {
    reporter.report('markdown', { line: 1, column: 1 }, (error as Error).message)
    return { sections: [] }
  }
  const sections = readSections(tokens, body.split('\n'), matter, reporter)
  if (sections.length === 0) {
    reporter.report(
      'page-kind',
      { line: 1, column: 1 },
      'no heading ends with a method anchor such as {#post}',
    )
  }
  return { sections }
}

function readSections(tokens: Token[], lines: string[], matter: FrontMatter, reporter: Reporter): Section[] {
  const sections: Section[] = []
  let section: Section | undefined
  let notice: Notice | undefined
  let container: Position | undefined
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const line = (token.map?.[0] ?? 0) + 1
    if (token.type === 'heading_open') {
      const anchor = attribute(token, 'id') ?? ''
      const title = tokens[i + 1]?.content.replace(/\s*\{#[^}]*\}\s*$/, '').trim() ?? ''
      notice = undefined
      if (!methods.has(anchor)) continue
      section = {
        anchor,
        title: title.includes('$frontmatter.title') ? matter.title : title,
        description: matter.description,
        notices: [],
        tables: [],
        fences: [],
        variants: [],
        links: [],
        line,
        column: 1,
      }
      sections.push(section)
    } else if (token.type === 'paragraph_open' && section) {
      const inline = tokens[i + 1]!
      const marker = /^:::\s*([\w-]*)/.exec(inline.content)
      if (marker && marker[1] !== '') {
        container = { line, column: 1 }
        notice = marker[1] === 'code-group' ? undefined : openNotice(token, line)
        if (notice) section.notices.push(notice)
      } else if (marker) {
        notice = undefined
        container = undefined
      } else if (notice) {
        notice.text += `${inline.content}\n`
        notice.links.push(...links(inline))
      } else if (
        section.tables.length === 0 &&
        section.description === '' &&
        !inline.content.startsWith('{')
      ) {
        section.description = inline.content
      } else if (section.tables.length > 1) {
        section.links.push(...links(inline).filter((link) => /^https?:/.test(link)))
      }
    } else if (token.type === 'list_item_open' && section?.tables.length === 1) {
      const id = attribute(token, 'id') ?? listAnchor(tokens, i)
      if (id) section.variants.push(id)
    } else if (token.type === 'fence' && section) {
      section.fences.push({
        label: /\[([^\]]*)\]/.exec(token.info)?.[1] ?? '',
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
          'the table carries neither {#request} nor {#response}, or stands before any operation',
        )
    }
  }
  if (container) reporter.report('container-unclosed', container, 'no ::: closes this container')
  return sections
}

function openNotice(token: Token, line: number): Notice {
  return { name: attribute(token, 'class') ?? '', text: '', links: [], line, column: 1 }
}

function listAnchor(tokens: Token[], from: number): string | undefined {
  for (let i = from + 1; tokens[i] && tokens[i]!.type !== 'list_item_close'; i++) {
    const id = attribute(tokens[i]!, 'id') ?? /\{#([\w-]+)\}\s*$/.exec(tokens[i]!.content)?.[1]
    if (id) return id
  }
  return undefined
}

function links(inline: Token): string[] {
  return (inline.children ?? []).flatMap((child) => {
    const href = child.type === 'link_open' ? attribute(child, 'href') : undefined
    return href === undefined ? [] : [href]
  })
}

interface FrontMatter {
  title: string
  description: string
  head: unknown
}

function frontMatter(text: string, reporter: Reporter): { matter: FrontMatter; body: string } {
  const matter: FrontMatter = { title: '', description: '', head: undefined }
  const found = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text)
  if (!found) return { matter, body: text }
  // The lines stay, so that every place below keeps its number.
  const body = '\n'.repeat(found[0].split('\n').length - 1) + text.slice(found[0].length)
  try {
    const values: unknown = parseYaml(found[1]!, { maxAliasCount: 0 })
    if (values !== null && typeof values === 'object') {
      const { title, description, head } = values as Record<string, unknown>
      if (typeof title === 'string') matter.title = title
      if (typeof description === 'string') matter.description = description
      matter.head = head
    }
  } catch (error) {
    const line = (error as { linePos?: { line: number; col: number }[] }).linePos?.[0]
    reporter.report(
      'front-matter',
      { line: (line?.line ?? 1) + 1, column: line?.col ?? 1 },
      (error as Error).message.split('\n')[0]!,
    )
  }
  return { matter, body }
}

function redirect(matter: FrontMatter): string | undefined {
  if (!matter.title.startsWith('Moved to')) return undefined
  return (
    /url=([^"'\s\]]+)/.exec(JSON.stringify(matter.head ?? ''))?.[1] ??
    matter.title.slice('Moved to'.length).trim()
  )
}
