import { type Position, Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import type { Notice, Section } from './page.ts'
import { readTree } from './tree.ts'

/** One notification as its page documents it. */
export interface Notification extends Position {
  file: string
  /** `TRANSACTION.SUCCESS`: the file name, which is the event's type. */
  event: string
  title: string
  description: string
  notices: Notice[]
  headers: Field[]
  /** The body's fields as sent. */
  body: Field[]
  /** What `resource.ciphertext` holds once decrypted: one list of fields, or one for each alternative. */
  plaintexts: Field[][]
  /** The fields of the reply's body. */
  reply: Field[]
  /** Several kinds of payload share the table, so that its required marks contradict each other. */
  variants: string[]
  links: string[]
}

/** Makes a notification of a section; undefined when an error keeps it out. */
export function readNotification(
  file: string,
  section: Section,
  reporter: Reporter,
): Notification | undefined {
  const own = new Reporter(file)
  const notification = build(file, section, own)
  reporter.findings.push(...own.findings)
  return own.failed ? undefined : notification
}

const rootNames = new Set(['headers', 'body'])

function build(file: string, section: Section, reporter: Reporter): Notification | undefined {
  const request = section.tables.find((table) => table.id === 'request')
  const response = section.tables.find((table) => table.id === 'response')
  if (!request)
    reporter.report('table-missing', section, `${section.title} has no table {.im-table #request}`)
  if (!response)
    reporter.report('table-missing', section, `${section.title} has no table {.im-table #response}`)
  if (!request || !response) return undefined
  const roots = readTree(request, reporter, { roots: rootNames }).fields
  const body = roots.find((root) => root.name === 'body')
  if (!body) {
    reporter.report('root-unknown', request, 'a notification needs a body row')
    return undefined
  }
  const plaintexts = takePlaintexts(body.children, reporter)
  const reply = readTree(response, reporter).fields.find((root) => root.name === 'body')
  return {
    file,
    event: file.slice(file.lastIndexOf('/') + 1, -'.md'.length),
    title: section.title,
    description: section.description,
    notices: section.notices,
    headers: roots.find((root) => root.name === 'headers')?.children ?? [],
    body: body.children,
    plaintexts,
    reply: reply?.children ?? [],
    variants: section.variants,
    links: section.links,
    line: section.line,
    column: section.column,
  }
}

// Whatever stands behind a separator inside `resource` is the plain text, whichever row it hangs below.
function takePlaintexts(body: Field[], reporter: Reporter): Field[][] {
  const resource = body.find((field) => field.name === 'resource')
  if (!resource) return []
  const owner = resource.children.find((field) => field.embedded)
  if (owner) {
    const fields = owner.embedded!
    delete owner.embedded
    if (owner.encryption !== 'aes-gcm') {
      reporter.report(
        'line-owner-order',
        owner,
        `the decrypted rows follow ${owner.name}; taken as the content of ciphertext`,
      )
    }
    return [fields]
  }
  const original = resource.children.find((field) => field.name === 'original_data')
  if (!original) return []
  resource.children = resource.children.filter((field) => field !== original)
  return [original, ...(original.alternatives ?? [])].map((field) => field.children)
}
