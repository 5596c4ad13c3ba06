import { checkSample, type Example } from './check-sample.ts'
import { type Position, Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import { type Notice, onlyTable, type Section } from './page.ts'
import { type ResponseShape, readResponse } from './response-table.ts'
import { type Endpoint, readEndpoint, readRoute } from './route.ts'
import { readSample, type Sample } from './sample.ts'
import { readTree } from './tree.ts'

/** One operation as its page documents it. */
export interface Operation extends Position {
  /** The page, below the documentation folder. */
  file: string
  /** Lower case, as the heading's anchor. */
  method: string
  /** The path on the wire, with `{name}` variables: `/v3/pay/transactions/id/{transaction_id}`. */
  path: string
  /** The first segment behind `v3`: the product domain. */
  domain: string
  endpoint?: Endpoint
  title: string
  description: string
  notices: Notice[]
  variables: Field[]
  query: Field[]
  headers: Field[]
  json?: Field
  multipart?: Field
  response: ResponseShape
  sample?: Pick<Sample, 'unverified' | 'chain'>
  /** The sample's values, as far as they agree with the tables. */
  example: Example
  links: string[]
}

/** Makes an operation of a section; undefined when an error keeps it out. */
export function readOperation(file: string, section: Section, reporter: Reporter): Operation | undefined {
  const own = new Reporter(file)
  const operation = build(file, section, own)
  reporter.append(own)
  return own.failed ? undefined : operation
}

function build(file: string, section: Section, reporter: Reporter): Operation | undefined {
  const sample = readSample(section.fences, section.anchor, section, reporter)
  const route = readRoute(file, sample, section, reporter)
  const request = onlyTable(section, 'request', reporter)
  const response = onlyTable(section, 'response', reporter)
  // The tables are read also when the path is unknown: all errors of a page are told at once.
  const taken = request && readTree(request, reporter)
  const given = response && readResponse(readTree(response, reporter), response, sample, reporter)
  if (!route || !request || !taken || !given) return undefined
  const operation: Operation = {
    file,
    method: section.anchor,
    path: route,
    domain: domainOf(route),
    title: section.title,
    description: section.description,
    notices: section.notices,
    variables: [],
    query: [],
    headers: [],
    response: given,
    links: section.links,
    example: {},
    line: section.line,
    column: section.column,
  }
  if (sample)
    operation.sample = { unverified: sample.unverified, ...(sample.chain && { chain: sample.chain }) }
  const { marker } = taken
  if (marker) reporter.report('row-cells', marker, `"${marker.text}" is no row of a request`)
  for (const root of taken.fields) placeRoot(operation, root, reporter)
  if (operation.endpoint) operation.path = operation.endpoint.prefix + operation.path
  completeVariables(operation, request, reporter)
  checkSerial(operation, reporter)
  if (sample) operation.example = checkSample(operation, sample, reporter)
  return operation
}

/** The product domain of a path: its first segment behind `v3`. */
export function domainOf(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '')
  return segments[segments.indexOf('v3') + 1] ?? ''
}

/** The names of the variables in a path, in its order. */
export function variablesOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1]!)
}

// The root rows are the options of the call: path variables by name, then json, query, headers, body, base_uri.
function placeRoot(operation: Operation, root: Field, reporter: Reporter): void {
  const isObject = root.type === 'object' && !root.array
  if (variablesOf(operation.path).includes(root.name)) operation.variables.push(root)
  else if (root.name === 'json' && isObject) operation.json = root
  else if (root.name === 'body' && isObject) operation.multipart = root
  else if (root.name === 'query' && isObject) operation.query = root.children
  else if (root.name === 'headers' && isObject) operation.headers = root.children
  else if (root.name === 'base_uri') operation.endpoint = readEndpoint(root, reporter)
  else if (root.type === 'object')
    reporter.report(
      'root-unknown',
      root,
      `${root.name} is no option of a call: json, query, headers, body, base_uri`,
    )
  else
    reporter.report(
      'root-unused',
      operation,
      `${operation.path} has no {${root.name}}, which line ${root.line} describes`,
    )
}

function completeVariables(operation: Operation, at: Position, reporter: Reporter): void {
  const names = variablesOf(operation.path)
  for (const name of names) {
    if (operation.variables.some((field) => field.name === name)) continue
    const misplaced = operation.query.find((field) => field.name === name)
    operation.query = operation.query.filter((field) => field !== misplaced)
    reporter.report(
      'variable-missing',
      operation,
      misplaced
        ? `{${name}} stands under query, in line ${misplaced.line}`
        : `{${name}} has no row; taken as a required string`,
    )
    operation.variables.push(
      (misplaced && { ...misplaced, required: true }) ?? {
        name,
        type: 'string',
        array: false,
        required: true,
        description: { prose: '', line: at.line, column: at.column },
        children: [],
        line: at.line,
        column: at.column,
      },
    )
  }
  operation.variables.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
}

function checkSerial(operation: Operation, reporter: Reporter): void {
  const fields = [...operation.query, ...(operation.json ? [operation.json] : [])]
  if (!fields.some(hasEncrypted)) return
  if (operation.headers.some((field) => field.name === 'Wechatpay-Serial')) return
  reporter.report(
    'header-serial-missing',
    operation,
    'encrypted fields, but no Wechatpay-Serial in the table',
  )
}

function hasEncrypted(field: Field): boolean {
  return field.encryption === 'rsa' || [...field.children, ...(field.embedded ?? [])].some(hasEncrypted)
}
