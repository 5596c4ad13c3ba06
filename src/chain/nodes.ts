import type { Call } from '../client/call.ts'
import type { Method } from '../client/prepare.ts'
import { RequestError } from '../errors.ts'
import { nearest } from '../operations/nearest.ts'
import { initOf } from './init.ts'
import { type Branch, branchAt } from './tree.ts'

/** Makes the objects of a chain. Each has the members of its branch, and throws for any other name. */
export class Nodes {
  private readonly call: Call
  private readonly root: Branch
  private readonly made = new Map<Branch, object>()

  constructor(call: Call, root: Branch) {
    this.call = call
    this.root = root
  }

  /** The root object, whose member is `v3`. */
  start(): object {
    const target = this.withMembers({}, this.root, 'wechatpay')
    define(target, 'chain', (path: string) => this.at(path), true)
    return new Proxy(target, {
      get: (own, name) => {
        if (typeof name === 'string' && name.includes('/')) return this.at(name)
        return this.member(own, name, this.root)
      },
    })
  }

  /**
   * The node of a path.
   * @throws {RequestError} ERR_OPERATION_UNKNOWN
   */
  at(path: string): object {
    const branch = branchAt(this.root, String(path))
    if (branch) return this.node(branch)
    throw this.unknown('path', String(path))
  }

  private node(branch: Branch, call?: (options?: unknown) => unknown): object {
    const known = this.made.get(branch)
    if (known) return known
    const target = this.withMembers(call ?? {}, branch, branch.path)
    const node = new Proxy(target, { get: (own, name) => this.member(own, name, branch) })
    this.made.set(branch, node)
    return node
  }

  private withMembers(target: object, branch: Branch, label: string): object {
    for (const verb of branch.calls.keys()) define(target, verb, this.method(branch, verb), true)
    for (const [name, child] of branch.children) {
      const make = () => this.node(child, branch.calls.has(name) ? this.method(branch, name) : undefined)
      Object.defineProperty(target, name, { get: make, enumerable: true, configurable: true })
    }
    define(target, Symbol.toStringTag, label)
    define(target, 'toJSON', () => label)
    return target
  }

  private method(branch: Branch, verb: string): (options?: unknown) => Promise<unknown> {
    const method = verb.toUpperCase() as Method
    const path = branch.calls.get(verb)!
    const operation = `${method} ${path}`
    const call = (options?: unknown) => this.call(method, path, () => initOf(path, options, operation))
    return Object.defineProperty(call, 'name', { value: verb })
  }

  private member(target: object, name: string | symbol, branch: Branch): unknown {
    if (typeof name === 'symbol' || name in target || isProbe(name)) return Reflect.get(target, name)
    throw this.unknown('chain', branch.chain ? `${branch.chain}.${name}` : name)
  }

  private unknown(spelling: 'path' | 'chain', name: string): RequestError {
    const wrong = name.slice(0, 300)
    const hint = `Did you mean ${nearest(namesOf(this.root, spelling), wrong.replace(/^\//, ''))}?`
    return new RequestError('ERR_OPERATION_UNKNOWN', `there is no ${wrong}`, { hint })
  }
}

/** All names in one spelling, those of the methods too. */
function* namesOf(branch: Branch, spelling: 'path' | 'chain'): Generator<string> {
  for (const child of branch.children.values()) {
    if (spelling === 'chain') {
      yield child.chain
      for (const verb of child.calls.keys()) yield `${child.chain}.${verb}`
    } else if (child.calls.size > 0) {
      yield child.path
    }
    yield* namesOf(child, spelling)
  }
}

function define(target: object, name: string | symbol, value: unknown, enumerable = false): void {
  Object.defineProperty(target, name, { value, enumerable, configurable: true, writable: true })
}

/**
 * Names that `await`, printers, debuggers and assertion libraries read from any object to find out its kind. Throwing
 * would break them, and no path segment has such a name.
 */
function isProbe(name: string): boolean {
  return probes.has(name) || /^(?:__|@@|\$\$|_is)/.test(name)
}

const probes = new Set([
  ...[
    'then',
    'catch',
    'finally',
    'inspect',
    'asymmetricMatch',
    'default',
    'prototype',
    'length',
    'size',
    'name',
  ],
  ...[
    'message',
    'stack',
    'cause',
    'code',
    'nodeType',
    'nodeName',
    'tagName',
    'ownerDocument',
    'splice',
    'callee',
  ],
])
