import type { Endpoint } from './endpoint.ts'
import { isObject, type Loose, listOf, same } from './json.ts'
import { member, type Placed, resolve } from './json-node.ts'
import { renamed } from './properties.ts'
import { note } from './record.ts'
import { below, compareSchemas, type SchemaStanding } from './schema.ts'

interface Parameter {
  name: string
  in: string
  required: boolean
  placed: Placed
  /** The schema, with a JSON content as text that holds it. */
  schema: Placed<unknown>
}

// The client sets it by itself, so that its type never asks for it.
const clientsOwn = 'wechatpay-serial'

/** Compares what an operation takes beside its body. */
export function compareParameters(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const [old, now] = [parametersOf(before), parametersOf(after)]
  alignPathVariables(old, now)
  const identity = (parameter: Parameter) => `${parameter.in} ${parameter.name}`
  const known = new Map(now.map((parameter) => [identity(parameter), parameter]))
  const former = new Set(old.map(identity))
  const gone = old.filter((parameter) => !known.has(identity(parameter)))
  const come = now.filter((parameter) => !former.has(identity(parameter)))
  const settledOnes = new Set<Parameter>()
  for (const [one, other] of movedOnes(gone, come)) {
    settledOnes.add(one).add(other)
    const names = { name: one.name, before: one.in, after: other.in }
    note(place(at, other), 'request-parameter-in-changed', one.placed, other.placed, names)
  }
  const open = (list: Parameter[]) => list.filter((one) => !settledOnes.has(one))
  const pairs = renamed(open(gone), open(come)).filter(([one, other]) => one.in === other.in)
  for (const [one, other] of pairs) {
    settledOnes.add(one).add(other)
    const rule = other.required ? 'request-required-parameter-renamed' : 'request-parameter-renamed'
    note(place(at, other), rule, one.placed, other.placed, {
      in: other.in,
      before: one.name,
      after: other.name,
    })
  }
  for (const one of open(gone))
    note(place(at, one), 'request-parameter-removed', one.placed, undefined, { in: one.in })
  for (const one of open(come)) {
    const rule = `new-${one.required ? 'required' : 'optional'}-request-parameter`
    note(place(at, one), rule, undefined, one.placed, { in: one.in })
  }
  for (const one of old) {
    const other = known.get(identity(one))
    if (other) compareParameter(one, other, at)
  }
}

function compareParameter(one: Parameter, other: Parameter, at: SchemaStanding): void {
  const here = place(at, other)
  if (one.required !== other.required) {
    const rule = `request-parameter-became-${other.required ? 'required' : 'optional'}`
    note(here, rule, one.placed, other.placed, { in: other.in })
  }
  for (const keyword of ['style', 'explode'])
    if (!same(one.placed.value[keyword], other.placed.value[keyword]))
      note(here, 'request-parameter-schema-changed', one.placed, other.placed, { keyword })
  compareSchemas(one.schema, other.schema, {
    ...at,
    location: here.location,
    pathVariable: other.in === 'path',
    family: 'request-parameter',
  })
}

function place(at: SchemaStanding, { in: where, name }: Parameter): SchemaStanding {
  const own = where === 'header' && name.toLowerCase() === clientsOwn
  return { ...below(at, where, name), ...(own && { typed: false }) }
}

/** The parameters of an operation, with those of its path. */
export function parametersOf({ item, operation }: Endpoint): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const holder of [item, operation])
    listOf(holder.value['parameters']).forEach((_, index) => {
      const placed = resolve(member(holder, 'parameters', index))
      const { name, in: where, required } = placed.value
      if (typeof name !== 'string' || typeof where !== 'string') return
      const parameter = { name, in: where, required: required === true, placed, schema: schemaOf(placed) }
      found.set(`${where} ${where === 'header' ? name.toLowerCase() : name}`, parameter)
    })
  return [...found.values()]
}

const plainText: Loose = { type: 'string' }

function schemaOf(placed: Placed): Placed<unknown> {
  if (placed.value['schema'] !== undefined) return member(placed, 'schema')
  const json = member(placed, 'content', 'application/json', 'schema')
  if (!isObject(json.value)) return { ...placed, value: plainText }
  const value = { type: 'string', contentMediaType: 'application/json', contentSchema: json.value }
  return { ...placed, value }
}

// Variables of a path are known by their order: that their names differ is told of the path.
function alignPathVariables(old: Parameter[], now: Parameter[]): void {
  const variables = (list: Parameter[]) => list.filter((one) => one.in === 'path')
  const [was, is] = [variables(old), variables(now)]
  if (was.length !== is.length) return
  was.forEach((one, index) => {
    if (!is.some(({ name }) => name === one.name) && !was.some(({ name }) => name === is[index]!.name))
      one.name = is[index]!.name
  })
}

function movedOnes(gone: Parameter[], come: Parameter[]): [Parameter, Parameter][] {
  return gone.flatMap((one): [Parameter, Parameter][] => {
    const others = come.filter(({ name }) => name === one.name)
    return others.length === 1 ? [[one, others[0]!]] : []
  })
}

/** Compares the headers that a notification carries. */
export function compareNotificationHeaders(before: Endpoint, after: Endpoint, at: SchemaStanding): void {
  const headers = (endpoint: Endpoint) =>
    new Map(parametersOf(endpoint).map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]))
  const [old, now] = [headers(before), headers(after)]
  for (const [key, one] of old)
    if (!now.has(key)) note(place(at, one), 'notification-header-removed', one.placed, undefined)
  for (const [key, one] of now)
    if (!old.has(key)) note(place(at, one), 'notification-header-added', undefined, one.placed)
}
