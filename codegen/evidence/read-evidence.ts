import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { byCodeUnit } from '../by-code-unit.ts'
import { EvidenceError } from './evidence-error.ts'

/** What another implementation says of a field. */
export interface Fact {
  /** `string`, `integer`, `object[]` … */
  type: string
  optional?: boolean
  enum?: string[]
  format?: string
  encrypted?: boolean
}

/** Fields by their path: `amount.total`, lists without `[]`, query parameters as `query.x`. */
type Facts = Record<string, Fact>

/** A model of an operation in another implementation. */
interface Model {
  request: Facts
  response: Facts
}

/** Another implementation: a JSON file with its operations. */
export interface Source {
  /** The name of the file without `.json`. */
  name: string
  /** By `POST /v3/…`; several models are variants of one operation. */
  operations: Map<string, Model[]>
}

const operationName = /^(?:[A-Z]+|\?) \/\S+$/

/**
 * Reads the evidence of a folder: its `.json` files, in the order of their names.
 * @throws EvidenceError
 */
export async function readEvidence(folder: string): Promise<Source[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new EvidenceError('ERR_EVIDENCE_MISSING', `cannot read ${folder}: ${error.code}`, { cause: error })
  })
  const files = names.filter((name) => name.endsWith('.json')).sort(byCodeUnit)
  if (files.length === 0)
    throw new EvidenceError(
      'ERR_EVIDENCE_MISSING',
      `${folder} has no .json file: give the folder of the evidence`,
    )
  return Promise.all(files.map(async (file) => parseSource(file, await readFile(join(folder, file), 'utf8'))))
}

/**
 * Parses one file of evidence.
 * @throws EvidenceError
 */
function parseSource(file: string, text: string): Source {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EvidenceError('ERR_EVIDENCE_SYNTAX', `${file} is not JSON, or is cut off: ${reason}`, {
      cause: error,
    })
  }
  const operations = isObject(value) ? value['operations'] : undefined
  if (!isObject(operations)) throw form(file, 'it has no `operations`, an object')
  return {
    name: file.replace(/\.json$/, ''),
    operations: new Map(
      Object.entries(operations).map(([operation, models]) => {
        if (!operationName.test(operation))
          throw form(
            file,
            `${JSON.stringify(operation)} is not an operation such as POST /v3/pay/transactions/jsapi`,
          )
        return [
          operation,
          (Array.isArray(models) ? models : [models]).map((model) => modelOf(file, operation, model)),
        ]
      }),
    ),
  }
}

function modelOf(file: string, operation: string, value: unknown): Model {
  if (!isObject(value)) throw form(file, `the model of ${operation} is not an object`)
  const { request = {}, response = {} } = value
  return { request: factsOf(file, operation, request), response: factsOf(file, operation, response) }
}

function factsOf(file: string, operation: string, value: unknown): Facts {
  if (!isObject(value)) throw form(file, `the fields of ${operation} are not an object`)
  for (const [field, fact] of Object.entries(value))
    if (!isObject(fact) || typeof fact['type'] !== 'string')
      throw form(file, `${field} of ${operation} has no \`type\``)
  return value as Facts
}

function form(file: string, message: string): EvidenceError {
  return new EvidenceError('ERR_EVIDENCE_FORM', `${file}: ${message}`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
