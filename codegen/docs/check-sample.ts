import type { Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import { escapePointer, type SampleValue } from './php.ts'
import type { Sample } from './sample.ts'

/** The sample values that agree with the tables, by the part of the request that they belong to. */
export interface Example {
  variables?: Record<string, SampleValue>
  query?: Record<string, SampleValue>
  headers?: Record<string, SampleValue>
  json?: SampleValue
}

interface Shape {
  variables: Field[]
  query: Field[]
  headers: Field[]
  json?: Field
}

interface Check {
  sample: Sample
  reporter: Reporter
}

type Members = Record<string, SampleValue>

/**
 * Checks the sample against the tables: types, enums, required and unknown fields. Also sets `embeddedList` of each
 * field with embedded JSON that the sample has a value for.
 */
export function checkSample(shape: Shape, sample: Sample, reporter: Reporter): Example {
  const check: Check = { sample, reporter }
  const options = members(sample.options.value)
  const example: Example = {}
  const variables = checkMembers(shape.variables, pick(options, shape.variables), '', check)
  if (variables) example.variables = variables as Members
  for (const [option, fields] of [
    ['query', shape.query],
    ['headers', shape.headers],
  ] as const) {
    if (!(option in options) || sample.options.opaque.has(`/${option}`)) continue
    const known = option === 'headers' ? pick(members(options[option]!), fields) : options[option]!
    const checked = checkMembers(fields, known, `/${option}`, check)
    if (checked) example[option] = checked as Members
  }
  if (shape.json && 'json' in options && !sample.options.opaque.has('/json')) {
    const json = checkMembers(shape.json.children, options['json']!, '/json', check)
    if (json !== undefined) example.json = json
  }
  return example
}

// The value without the members that disagree; undefined when a required one does.
function checkMembers(
  fields: Field[],
  value: SampleValue,
  pointer: string,
  check: Check,
): SampleValue | undefined {
  if (value === null || typeof value !== 'object' || (Array.isArray(value) && value.length > 0)) {
    report('sample-type', pointer, check, `${pointer} must be an object`)
    return undefined
  }
  const given = members(value)
  const kept: Members = Object.create(null)
  const byName = new Map(fields.map((field) => [field.name, field]))
  let complete = true
  for (const name of Object.keys(given)) {
    const at = `${pointer}/${escapePointer(name)}`
    const field = byName.get(name)
    if (!field) {
      report('sample-unknown', at, check, `${at} is not in the table`)
      continue
    }
    const checked = checkValue(field, given[name]!, at, check)
    if (checked !== undefined) kept[name] = checked
    else if (field.required) complete = false
  }
  for (const field of fields) {
    if (!field.required || field.name in given) continue
    report(
      'sample-required',
      pointer,
      check,
      `${pointer || 'the call'} lacks ${field.name}, which the table requires`,
    )
    complete = false
  }
  return complete ? kept : undefined
}

function checkValue(
  field: Field,
  value: SampleValue,
  pointer: string,
  check: Check,
): SampleValue | undefined {
  if (check.sample.options.opaque.has(pointer)) return undefined
  if (field.embedded) return checkEmbedded(field, value, pointer, check)
  if (!field.array) return checkItem(field, value, pointer, check)
  if (!Array.isArray(value)) {
    reportRow('sample-type', field, pointer, check, `is ${typeOf(value)}, the table has ${field.type}[]`)
    return undefined
  }
  const items = value.map((item, index) => checkItem(field, item, `${pointer}/${index}`, check))
  return items.some((item) => item === undefined) ? undefined : (items as SampleValue[])
}

function checkItem(field: Field, value: SampleValue, pointer: string, check: Check): SampleValue | undefined {
  if (check.sample.options.opaque.has(pointer)) return undefined
  if (field.type === 'object') {
    const open = field.children.length === 0 && typeOf(value) === 'object'
    if (!open) return checkMembers(field.children, value, pointer, check)
    if (!holdsPrototype(value)) return value
    reportRow('sample-unknown', field, pointer, check, 'has a member named __proto__')
    return undefined
  }
  const actual = typeOf(value)
  const fits = actual === field.type || (field.type === 'number' && actual === 'integer')
  if (!fits) {
    reportRow('sample-type', field, pointer, check, `is ${actual}, the table has ${field.type}`)
    return undefined
  }
  const values = field.description.values
  if (values && !values.includes(String(value))) {
    const rule = value === '' ? 'sample-blank' : 'sample-enum'
    reportRow(rule, field, pointer, check, `is "${value}", the table lists ${values.join(', ')}`)
    return undefined
  }
  return value
}

// A string with JSON: where the sample has json_encode(…), the example has its result.
function checkEmbedded(
  field: Field,
  value: SampleValue,
  pointer: string,
  check: Check,
): SampleValue | undefined {
  if (!check.sample.options.encoded.has(pointer)) {
    if (value === '' || isJson(value)) return value
    reportRow('sample-type', field, pointer, check, 'is not JSON text')
    return undefined
  }
  const [only] = field.embedded!
  if (Array.isArray(value)) {
    if (field.embedded!.length !== 1 || !only!.array) {
      reportRow('sample-type', field, pointer, check, 'encodes a list, the table has an object')
      return undefined
    }
    field.embeddedList = true
    const list = checkValue(only!, value, pointer, check)
    return list === undefined ? undefined : JSON.stringify(list)
  }
  field.embeddedList = false
  const content = checkMembers(field.embedded!, value, pointer, check)
  return content === undefined ? undefined : JSON.stringify(content)
}

// An object without documented fields may have any member but this one, which many programs would take for a prototype.
function holdsPrototype(value: SampleValue): boolean {
  if (value === null || typeof value !== 'object') return false
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(holdsPrototype)
}

function isJson(value: SampleValue): boolean {
  try {
    return typeof value === 'string' && JSON.parse(value) !== undefined
  } catch {
    return false
  }
}

function pick(options: Members, fields: Field[]): Members {
  const picked: Members = Object.create(null)
  for (const { name } of fields) if (name in options) picked[name] = options[name]!
  return picked
}

function members(value: SampleValue): Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : Object.create(null)
}

function typeOf(value: SampleValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

type SampleRule = 'sample-type' | 'sample-enum' | 'sample-blank' | 'sample-required' | 'sample-unknown'

function report(rule: SampleRule, pointer: string, check: Check, message: string): void {
  check.reporter.report(rule, { line: sampleLine(pointer, check), column: 1 }, message)
}

// A value that contradicts its row is reported at the row, because the spec follows the row.
function reportRow(rule: SampleRule, field: Field, pointer: string, check: Check, message: string): void {
  check.reporter.report(rule, field, `${pointer} in line ${sampleLine(pointer, check)} ${message}`)
}

function sampleLine(pointer: string, { sample }: Check): number {
  let at = pointer
  while (at !== '' && !sample.options.lines.has(at)) at = at.slice(0, at.lastIndexOf('/'))
  return sample.optionsLine + (sample.options.lines.get(at) ?? 1) - 1
}
