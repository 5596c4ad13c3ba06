import { checkEncryption, encryptedParts } from './check-encryption.ts'
import { checkSample, type Example } from './check-sample.ts'
import type { Position, Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import { type Notice, onlyTable, type Section } from './page.ts'
import { type ResponseShape, readResponse } from './response-table.ts'
import { domainOf, type Endpoint, readEndpoint, readRoute, variablesOf } from './route.ts'
import { readSample, type Sample } from './sample.ts'
import { readTree } from './tree.ts'

/** An operation, as its page documents it. */
export interface Operation extends Position {
  /** The page, relative to the documentation folder. */
  file: string
  /** In lower case, as in the heading's anchor. */
  method: string
  /** The path on the wire, with `{name}` variables: `/v3/pay/transactions/id/{transaction_id}`. */
  path: string
  /** The product domain: the first segment after `v3`. */
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
  /** The values of the sample that agree with the tables. */
  example: Example
  links: string[]
}

/** Reads a section into an operation; undefined when it has an error. */
export function readOperation(file: string, section: Section, reporter: Reporter): Operation | undefined {
  return reporter.attempt((own) => build(file, section, own))
}

function build(file: string, section: Section, reporter: Reporter): Operation | undefined {
  const sample = readSample(section.fences, section.anchor, section, reporter)
  const route = readRoute(file, sample, section, reporter)
  const request = onlyTable(section, 'request', reporter)
  const response = onlyTable(section, 'response', reporter)
  // The tables are read even when the path is unknown, to report all errors of a page at once.
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
  if (marker) reporter.report('row-cells', marker, `"${marker.text}" is not a row of a request`)
  if (sample?.unverified && given.kind !== 'stream') {
    const line = sample.optionsLine + (sample.options.lines.get('/handler') ?? 1) - 1
    const problem = "the sample has 'handler', which turns verification off, but only files are unsigned"
    reporter.report('response-unsigned', { line, column: 1 }, problem)
  }
  for (const root of taken.fields) placeRoot(operation, root, reporter)
  if (operation.endpoint) operation.path = operation.endpoint.prefix + operation.path
  completeVariables(operation, request, reporter)
  checkSerial(operation, reporter)
  if (sample) operation.example = checkSample(operation, sample, reporter)
  checkEncryption(encryptedParts(operation, sample), reporter)
  if (given.kind === 'json') checkEncryption([{ fields: given.fields, value: undefined }], reporter)
  return operation
}

// The rows at the root are the options of the call: path variables by name, json, query, headers, body, base_uri.
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
      `${root.name} is not an option of a call: the options are json, query, headers, body, base_uri`,
    )
  else
    reporter.report(
      'root-unused',
      operation,
      `line ${root.line} describes ${root.name}, but ${operation.path} has no such variable`,
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
        ? `{${name}} is in the query, in line ${misplaced.line}; read as a path variable`
        : `{${name}} has no row; read as a required string`,
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
    'fields are encrypted, but the headers lack Wechatpay-Serial',
  )
}

function hasEncrypted(field: Field): boolean {
  return field.encryption === 'rsa' || [...field.children, ...(field.embedded ?? [])].some(hasEncrypted)
}
