import type { Position, Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import { type Notice, onlyTable, type Section } from './page.ts'
import { readTree } from './tree.ts'

/** A notification, as its page documents it. */
export interface Notification extends Position {
  file: string
  /** The type of the event, which is the file name: `TRANSACTION.SUCCESS`. */
  event: string
  title: string
  description: string
  notices: Notice[]
  headers: Field[]
  /** The fields of the body as it is sent. */
  body: Field[]
  /** The fields of the decrypted `resource.ciphertext`: one list, or one for each alternative. */
  plaintexts: Field[][]
  /** The fields of the reply's body. */
  reply: Field[]
  /** The kinds of payload that share the table. With several, its required marks contradict each other. */
  variants: string[]
  links: string[]
}

/** Reads a section into a notification; undefined when it has an error. */
export function readNotification(
  file: string,
  section: Section,
  reporter: Reporter,
): Notification | undefined {
  return reporter.attempt((own) => build(file, section, own))
}

const rootNames = new Set(['headers', 'body'])

function build(file: string, section: Section, reporter: Reporter): Notification | undefined {
  const request = onlyTable(section, 'request', reporter)
  const response = onlyTable(section, 'response', reporter)
  if (!request || !response) return undefined
  const roots = readTree(request, reporter, { roots: rootNames }).fields
  for (const root of roots) {
    if (rootNames.has(root.name)) continue
    reporter.report(
      'root-unknown',
      root,
      `${root.name} is not a part of a notification: the parts are headers and body`,
    )
  }
  const body = roots.find((root) => root.name === 'body')
  if (!body?.children.some((field) => field.name === 'resource')) {
    reporter.report('root-unknown', body ?? request, 'a notification must have a body with a resource')
    return undefined
  }
  const plaintexts = takePlaintexts(body.children, reporter)
  const reply = readTree(response, reporter).fields.find((root) => root.name === 'body')
  return {
    file,
    event: readEvent(file, section, body, reporter),
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

function readEvent(file: string, section: Section, body: Field, reporter: Reporter): string {
  const event = file.slice(file.lastIndexOf('/') + 1, -'.md'.length)
  const row = body.children.find((field) => field.name === 'event_type')
  if (!/^[A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*$/.test(event))
    reporter.report(
      'event-name',
      section,
      `the file name ${event} is not the type of an event, such as TRANSACTION.SUCCESS`,
    )
  else if (row?.description.values && !row.description.values.includes(event)) {
    const { values } = row.description
    reporter.report('event-name', row, `the file name is ${event}, but the row has ${values.join(', ')}`)
  }
  return event
}

// The rows after a separator inside `resource` are the plaintext, whichever field they follow.
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
        `the decrypted rows follow ${owner.name}; read as the content of ciphertext`,
      )
    }
    return [fields]
  }
  const original = resource.children.find((field) => field.name === 'original_data')
  if (!original) return []
  resource.children = resource.children.filter((field) => field !== original)
  return [original, ...(original.alternatives ?? [])].map((field) => field.children)
}
