import type { Change, Side, Subject } from '../compare/change.ts'
import { ordered, type Review, type RuleHelp } from '../review/review.ts'
import { excerpt } from './excerpt.ts'
import type { Row } from './line-diff.ts'
import { webAddress } from './markdown-escape.ts'
import { brief, visible } from './visible.ts'
import type { Language } from './words.ts'

/** The targets of the links in a report. */
export interface Links {
  /** Prefix of page paths: an address, or a folder relative to the report. */
  pages?: string
  /** Prefix of spec file paths. */
  spec?: string
}

export interface HtmlOptions {
  /** The initial language; by default that of the browser. */
  language?: Language
  links?: Links
}

type Link = [text: string, address?: string]

interface PageSubject {
  domain: string
  operation?: string
  title?: string
  page?: Link
  link?: string
}

interface PageChange {
  id: string
  /** Index of the subject. */
  subject: number
  rule: string
  wire: string
  types: string
  direction?: string
  location: string[]
  before?: Link
  after?: Link
  en: string
  zh: string
  rows: Row[]
  reason?: string
}

/** The input of the page's script. */
interface PageData {
  language?: Language
  sides: { before: string; after: string }
  subjects: PageSubject[]
  changes: PageChange[]
  accepted: PageChange[]
  suspicions: {
    subject: number
    rule: string
    location: string[]
    en: string
    zh: string
    explains: string[]
  }[]
  stale: { fingerprint: string; rule: string; reason: string }[]
  rules: Record<string, RuleHelp>
}

/** A review as the page needs it: hidden characters made visible, unsafe links dropped, each subject once. */
export function pageData(review: Review, { language, links = {} }: HtmlOptions = {}): PageData {
  const subjects = new Subjects(links)
  const toPage = (change: Change): PageChange => ({
    id: visible(change.fingerprint),
    subject: subjects.index(change.subject),
    rule: visible(change.rule),
    wire: change.wire,
    types: change.types,
    ...(change.direction && { direction: change.direction }),
    location: change.location.map((part) => brief(part)),
    ...sideLink('before', change.before, links),
    ...sideLink('after', change.after, links),
    en: brief(change.message.en, 600),
    zh: brief(change.message.zh, 600),
    rows: excerpt(change, review.documents),
  })
  const changes = ordered(review.changes).map(toPage)
  const accepted = review.accepted.map(({ change, reason }) => ({ ...toPage(change), reason: brief(reason) }))
  const suspicions = review.suspicions.map(({ subject, rule, location, message, explains }) => ({
    subject: subjects.index(subject),
    rule: visible(rule),
    location: location.map((part) => brief(part)),
    en: brief(message.en, 600),
    zh: brief(message.zh, 600),
    explains: explains.map(visible),
  }))
  const used = new Set([...changes, ...accepted].map(({ rule }) => rule))
  return {
    ...(language && { language }),
    sides: { before: brief(review.sides.before, 100), after: brief(review.sides.after, 100) },
    subjects: subjects.list,
    changes,
    accepted,
    suspicions,
    stale: review.stale.map(({ fingerprint, rule, reason }) => ({
      fingerprint: visible(fingerprint),
      rule: visible(rule),
      reason: brief(reason),
    })),
    rules: Object.fromEntries([...(review.rules ?? [])].filter(([id]) => used.has(id))),
  }
}

class Subjects {
  readonly list: PageSubject[] = []
  private readonly indices = new Map<string, number>()
  private readonly links: Links

  constructor(links: Links) {
    this.links = links
  }

  index(subject: Subject): number {
    const { domain, operation, title, page, link } = subject
    const key = JSON.stringify([domain, operation, title, page, link])
    const known = this.indices.get(key)
    if (known !== undefined) return known
    const address = link && webAddress(link)
    this.indices.set(key, this.list.length)
    this.list.push({
      domain: visible(domain),
      ...(operation !== undefined && { operation: brief(operation) }),
      ...(title && { title: brief(title) }),
      ...(page && { page: pageLink(page, this.links) }),
      ...(address && { link: address }),
    })
    return this.list.length - 1
  }
}

function pageLink(page: string, { pages }: Links): Link {
  if (pages === undefined) return [brief(page)]
  const [file = '', anchor] = page.split('#')
  return [brief(page), below(pages, file) + (anchor ? `#${encodeURIComponent(anchor)}` : '')]
}

function sideLink<Name extends string>(name: Name, side: Side | undefined, links: Links) {
  const link = side && specLink(side, links)
  return link && ({ [name]: link } as Record<Name, Link>)
}

// `undefined` for a side that was not read from a file.
function specLink({ place }: Side, { spec }: Links): Link | undefined {
  if (place === undefined) return undefined
  const [, file, line] = /^(.+?)(?::(\d+))?$/s.exec(place) ?? []
  // `main:spec/pay.yaml` is not a file in a folder.
  if (spec === undefined || file === undefined || file.includes(':')) return [brief(place)]
  return [brief(place), below(spec, file) + (line ? `#L${line}` : '')]
}

function below(base: string, path: string): string {
  return `${base.replace(/\/$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`
}
