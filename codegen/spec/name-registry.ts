import type { Position, Reporter } from '../docs/diagnostics.ts'
import { domainOf } from '../docs/operation-page.ts'
import { pascal } from '../openapi/pascal.ts'
import { webhooksName } from './webhook-object.ts'

/** Something that gets a name in the spec and in TypeScript. */
interface Named extends Position {
  file: string
}

/**
 * Names that were given. Types, files and documents are named after operations, domains and events: two of one name
 * would merge, or one would take the other's place.
 */
export class NameRegistry {
  private readonly names = new Map<string, string>()
  private readonly reporterOf: (file: string) => Reporter

  constructor(reporterOf: (file: string) => Reporter) {
    this.reporterOf = reporterOf
  }

  /** Takes the name of an operation or event for what `label` says; reports and refuses when it is taken. */
  take(name: string, label: string, named: Named): boolean {
    if (!/^[A-Za-z]\w*$/.test(name)) return this.refuse(named, `${label} gives no name of a type`)
    const holder = this.names.get(name)
    this.names.set(name, holder ?? label)
    return holder === undefined || this.refuse(named, `${name} is the name of ${holder} and of ${label}`)
  }

  /** The same for a product domain, which many operations share. */
  takeDomain(path: string, named: Named): boolean {
    const domain = domainOf(path)
    if (!/^[a-z][\w-]*$/i.test(domain) || domain === webhooksName) {
      return this.refuse(named, `${domain} in ${path} cannot be the name of a document`)
    }
    const name = `${pascal(domain)} of the domains`
    const holder = this.names.get(name)
    this.names.set(name, domain)
    if (holder === undefined || holder === domain) return true
    this.names.set(name, holder)
    return this.refuse(named, `the domains ${holder} and ${domain} would have types of one name`)
  }

  private refuse(named: Named, message: string): false {
    this.reporterOf(named.file).report('operation-name', named, message)
    return false
  }
}
