import type { Position, Reporter } from '../docs/diagnostics.ts'
import { domainOf } from '../docs/route.ts'
import { pascal } from '../openapi/pascal.ts'
import { brandModeName } from './brand-twins.ts'
import { webhooksName } from './webhook-object.ts'

// Documents of their own.
const reservedNames = new Set([webhooksName, brandModeName])

/** An operation or a notification, which has a name in the spec and in TypeScript. */
interface Named extends Position {
  file: string
}

/**
 * Keeps names unique. Types, files and documents are named after operations, domains and events: two with one name
 * would merge, or one would replace the other.
 */
export class NameRegistry {
  private readonly names = new Map<string, string>()
  private readonly reporterOf: (file: string) => Reporter

  constructor(reporterOf: (file: string) => Reporter) {
    this.reporterOf = reporterOf
  }

  /**
   * Takes the name of an operation or event. Reports an error and returns false when it is taken or not a valid name.
   */
  take(name: string, label: string, named: Named): boolean {
    if (!/^[A-Za-z]\w*$/.test(name)) return this.refuse(named, `no type can be named after ${label}`)
    const holder = this.names.get(name)
    this.names.set(name, holder ?? label)
    return (
      holder === undefined || this.refuse(named, `${holder} and ${label} would both have the name ${name}`)
    )
  }

  /** The same for the product domain of a path, which many operations share. */
  takeDomain(path: string, named: Named): boolean {
    const domain = domainOf(path)
    if (!/^[a-z][\w-]*$/i.test(domain) || reservedNames.has(domain)) {
      return this.refuse(named, `no document can be named ${domain}, which is in ${path}`)
    }
    const name = `${pascal(domain)} of the domains`
    const holder = this.names.get(name)
    this.names.set(name, domain)
    if (holder === undefined || holder === domain) return true
    this.names.set(name, holder)
    return this.refuse(named, `the types of the domains ${holder} and ${domain} would have the same names`)
  }

  private refuse(named: Named, message: string): false {
    this.reporterOf(named.file).report('operation-name', named, message)
    return false
  }
}
