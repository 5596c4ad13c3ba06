import type { Endpoint } from './endpoint.ts'
import { isObject, type Loose, listOf, same } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'
import { renamedPairs } from './properties.ts'
import { note } from './record.ts'
import { compareSchemas } from './schema.ts'
import { below, type SchemaScope } from './schema-scope.ts'

interface Parameter {
  name: string
  in: string
  required: boolean
  node: Node
  /** Its schema. JSON content becomes the schema of a string that contains it. */
  schema: Node<unknown>
}

// The client sets this header, so the types do not ask for it.
const setByClient = 'wechatpay-serial'

/** Compares the parameters of an operation. */
export function compareParameters(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const [old, now] = [parametersOf(before), parametersOf(after)]
  alignPathVariables(old, now)
  const identity = (parameter: Parameter) => `${parameter.in} ${parameter.name}`
  const newer = new Map(now.map((parameter) => [identity(parameter), parameter]))
  const older = new Set(old.map(identity))
  const removed = new Set(old.filter((parameter) => !newer.has(identity(parameter))))
  const added = new Set(now.filter((parameter) => !older.has(identity(parameter))))
  for (const [one, other] of movedPairs([...removed], [...added])) {
    removed.delete(one)
    added.delete(other)
    const names = { name: one.name, before: one.in, after: other.in }
    note(scopeOf(at, other), 'request-parameter-in-changed', one.node, other.node, names)
  }
  const renamed = renamedPairs([...removed], [...added]).filter(([one, other]) => one.in === other.in)
  for (const [one, other] of renamed) {
    removed.delete(one)
    added.delete(other)
    const rule = other.required ? 'request-required-parameter-renamed' : 'request-parameter-renamed'
    const names = { in: other.in, before: one.name, after: other.name }
    note(scopeOf(at, other), rule, one.node, other.node, names)
  }
  for (const one of removed)
    note(scopeOf(at, one), 'request-parameter-removed', one.node, undefined, { in: one.in })
  for (const one of added) {
    const rule = one.required ? 'new-required-request-parameter' : 'new-optional-request-parameter'
    note(scopeOf(at, one), rule, undefined, one.node, { in: one.in })
  }
  for (const one of old) {
    const other = newer.get(identity(one))
    if (other) compareParameter(one, other, at)
  }
}

function compareParameter(one: Parameter, other: Parameter, at: SchemaScope): void {
  const here = scopeOf(at, other)
  if (one.required !== other.required)
    note(here, `request-parameter-became-${other.required ? 'required' : 'optional'}`, one.node, other.node, {
      in: other.in,
    })
  for (const keyword of ['style', 'explode'])
    if (!same(one.node.value[keyword], other.node.value[keyword]))
      note(here, 'request-parameter-schema-changed', one.node, other.node, { keyword })
  compareSchemas(one.schema, other.schema, {
    ...at,
    location: here.location,
    pathVariable: other.in === 'path',
    family: 'request-parameter',
  })
}

function scopeOf(at: SchemaScope, { in: where, name }: Parameter): SchemaScope {
  const untyped = where === 'header' && name.toLowerCase() === setByClient
  return { ...below(at, where, name), ...(untyped && { typed: false }) }
}

function parametersOf({ item, operation }: Endpoint): Parameter[] {
  const found = new Map<string, Parameter>()
  // Those of an operation override those of its path.
  for (const holder of [item, operation])
    listOf(holder.value['parameters']).forEach((_, index) => {
      const node = resolve(member(holder, 'parameters', index))
      const { name, in: where, required } = node.value
      if (typeof name !== 'string' || typeof where !== 'string') return
      const parameter = { name, in: where, required: required === true, node, schema: schemaOf(node) }
      found.set(`${where} ${where === 'header' ? name.toLowerCase() : name}`, parameter)
    })
  return [...found.values()]
}

const plainString: Loose = { type: 'string' }

function schemaOf(node: Node): Node<unknown> {
  if (node.value['schema'] !== undefined) return member(node, 'schema')
  const json = member(node, 'content', 'application/json', 'schema')
  if (!isObject(json.value)) return { ...node, value: plainString }
  const value = { type: 'string', contentMediaType: 'application/json', contentSchema: json.value }
  return { ...node, value }
}

// Path variables are matched by position: a different name is reported for the path.
function alignPathVariables(old: Parameter[], now: Parameter[]): void {
  const variables = (list: Parameter[]) => list.filter((one) => one.in === 'path')
  const [was, is] = [variables(old), variables(now)]
  if (was.length !== is.length) return
  was.forEach((one, index) => {
    if (!is.some(({ name }) => name === one.name) && !was.some(({ name }) => name === is[index]!.name))
      one.name = is[index]!.name
  })
}

function movedPairs(removed: Parameter[], added: Parameter[]): [Parameter, Parameter][] {
  return removed.flatMap((one): [Parameter, Parameter][] => {
    const others = added.filter(({ name }) => name === one.name)
    return others.length === 1 ? [[one, others[0]!]] : []
  })
}

/** Compares the headers of a notification. */
export function compareNotificationHeaders(before: Endpoint, after: Endpoint, at: SchemaScope): void {
  const headers = (endpoint: Endpoint) =>
    new Map(parametersOf(endpoint).map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]))
  const [old, now] = [headers(before), headers(after)]
  for (const [key, one] of old)
    if (!now.has(key)) note(scopeOf(at, one), 'notification-header-removed', one.node, undefined)
  for (const [key, one] of now)
    if (!old.has(key)) note(scopeOf(at, one), 'notification-header-added', undefined, one.node)
}
