import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'
import type { Document } from '../../openapi/document.ts'
import { isObject } from '../compare/json.ts'
import { DiffInputError } from './input-error.ts'

/** In bytes. */
export const largestFile = 64 * 1024 * 1024
/** With aliases expanded; more comes from aliases that multiply each other. */
const mostValues = 4_000_000
const deepest = 100

/**
 * Parses one OpenAPI document, YAML or JSON.
 * @param file its name in messages
 * @throws DiffInputError
 */
export function parseDocument(text: string, file: string): Document {
  const conflict = /^<{7} /m.exec(text)
  if (conflict)
    throw new DiffInputError(
      'ERR_DIFF_CONFLICT',
      `${file}:${lineAt(text, conflict.index)} has an unresolved merge conflict: resolve it first`,
    )
  const value = file.endsWith('.json') ? parseJson(text, file) : parseYaml(text, file)
  // js-yaml limits the depth of its text; only aliases make YAML deeper or larger than that.
  if (file.endsWith('.json') || /(^|[\s[{,])&\S/.test(text)) measure(value, file)
  if (!isObject(value) || typeof value['openapi'] !== 'string' || !value['openapi'].startsWith('3.'))
    throw new DiffInputError(
      'ERR_DIFF_NOT_OPENAPI',
      `${file} is not an OpenAPI 3 document: it has no "openapi: 3.…" at the top`,
    )
  return value as unknown as Document
}

function parseYaml(text: string, file: string): unknown {
  try {
    return load(text, { filename: file, schema: CORE_SCHEMA })
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason.includes('maxDepth')) throw tooDeep(error, file)
    const line = error.mark ? `:${error.mark.line + 1}` : ''
    throw new DiffInputError('ERR_DIFF_SYNTAX', `${file}${line} is not valid YAML: ${error.reason}`, {
      cause: error,
    })
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw tooDeep(error, file)
    const position = /position (\d+)/.exec(error.message)?.[1]
    const line = position ? `:${lineAt(text, Number(position))}` : ''
    throw new DiffInputError('ERR_DIFF_SYNTAX', `${file}${line} is not valid JSON: ${error.message}`, {
      cause: error,
    })
  }
}

function tooDeep(cause: unknown, file: string): DiffInputError {
  const message = `${file} is nested deeper than ${deepest} levels, or its aliases form a circle`
  return new DiffInputError('ERR_DIFF_TOO_DEEP', message, { cause })
}

// Aliases can turn a small text into a huge value, or into one that contains itself.
function measure(value: unknown, file: string): void {
  let count = 0
  const walk = (one: unknown, depth: number) => {
    if (typeof one !== 'object' || one === null) return
    if (depth > deepest) throw tooDeep(undefined, file)
    for (const key in one) {
      if (++count > mostValues)
        throw new DiffInputError(
          'ERR_DIFF_TOO_LARGE',
          `${file} has more than ${mostValues} values when its aliases are expanded`,
        )
      walk((one as Record<string, unknown>)[key], depth + 1)
    }
  }
  walk(value, 0)
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
