import type { Position, Reporter } from './diagnostics.ts'
import { LineError } from './line-error.ts'
import type { Fence } from './page.ts'
import { type Literal, readLiteral } from './php.ts'

/** The call in the samples of an operation. */
export interface Sample extends Position {
  /** In lower case. */
  method: string
  /** As written: `v3/smartguide/guides/{guide_id}/assign`. */
  path: string
  /** The names in the chain, as written: `v3`, `smartguide`, `guides`, `_guide_id_`, `assign`. */
  chain?: string[]
  /** The array of options that is passed. */
  options: Literal
  /** The line of the page where the options begin. */
  optionsLine: number
  /** The status code that the sample checks for. */
  status?: number
  /** The sample disables the verification of the response. */
  unverified: boolean
}

interface Call extends Position {
  fence: Fence
  method: string
  path: string
  chain?: string[]
  options: string
  optionsLine: number
}

const labels = new Set(['异步纯链式', '异步声明式', '异步属性式', '同步纯链式', '同步声明式', '同步属性式'])

const head =
  /\$instance(?:->chain\(\s*'([^']*)'\s*\)|\[\s*'([^']*)'\s*\]|((?:->\w+)+?))->(get|put|post|patch|delete|head|options)(?:Async)?\(/

/** Reads the samples of an operation, which must all make the same call. Undefined when none calls `$instance`. */
export function readSample(
  fences: Fence[],
  anchor: string,
  at: Position,
  reporter: Reporter,
): Sample | undefined {
  if (fences.length === 0) {
    reporter.report('sample-missing', at, 'the operation has no code sample')
    return undefined
  }
  const samples = fences.filter((fence) => labels.has(fence.label))
  const calls = samples.flatMap((fence) => readCall(fence) ?? [])
  const first = calls.find((call) => !call.chain) ?? calls[0]
  if (!first) {
    reporter.report('sample-call', at, 'no sample calls a method of $instance')
    return undefined
  }
  for (const call of calls) {
    if (call.method !== anchor) {
      reporter.report('method-mismatch', call, `the heading has ${anchor}, the sample ${call.method}`)
      return undefined
    }
    if (call.path !== first.path) {
      reporter.report('path-mismatch', call, `this sample has ${call.path}, another has ${first.path}`)
      return undefined
    }
  }
  const options = readOptions(first, reporter)
  if (!options) return undefined
  compareOptions(calls, first, options, reporter)
  const sample: Sample = {
    method: anchor,
    path: first.path,
    options,
    optionsLine: first.optionsLine,
    unverified: 'handler' in Object(options.value),
    line: first.line,
    column: first.column,
  }
  const chain = calls.find((call) => call.chain)?.chain
  if (chain) sample.chain = chain
  const status = samples
    .map((fence) => /getStatusCode\(\)\s*===\s*(2\d\d)\b/.exec(fence.code)?.[1])
    .find((code) => code)
  if (status !== undefined) sample.status = Number(status)
  return sample
}

function readCall(fence: Fence): Call | undefined {
  const found = head.exec(fence.code)
  if (!found) return undefined
  const [text, declared, property, links, method] = found
  const before = fence.code.slice(0, found.index).split('\n')
  const begin = found.index + text.length
  const options = argument(fence.code, begin)
  const chain = links?.split('->').slice(1)
  return {
    fence,
    method: method!,
    path: declared ?? property ?? chain!.map(segmentOf).join('/'),
    ...(chain && { chain }),
    options: options.text === '' ? '[]' : options.text,
    optionsLine: fence.line + newlines(fence.code.slice(0, options.begin)),
    line: fence.line + before.length - 1,
    column: before.at(-1)!.length + 1,
  }
}

// `_guide_id_` → `{guide_id}`, `payDevices` → `pay-devices`. Other underscores belong to the path.
function segmentOf(name: string): string {
  const variable = /^_(\w+)_$/.exec(name)?.[1]
  return variable ? `{${variable}}` : name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
}

function readOptions(call: Call, reporter: Reporter): Literal | undefined {
  try {
    return readLiteral(call.options)
  } catch (error) {
    if (!(error instanceof LineError)) throw error
    reporter.report('sample-syntax', { line: call.optionsLine + error.line - 1, column: 1 }, error.message)
    return undefined
  }
}

// Most operations have the same text in all six samples. It is parsed once.
function compareOptions(calls: Call[], first: Call, options: Literal, reporter: Reporter): void {
  for (const call of calls) {
    if (call === first || call.options === first.options) continue
    const other = readOptions(call, reporter)
    if (other && JSON.stringify(other.value) !== JSON.stringify(options.value)) {
      reporter.report(
        'sample-differs',
        call,
        `the options differ between ${call.fence.label} and ${first.fence.label}`,
      )
    }
  }
}

// The text of the call's argument, up to its closing parenthesis. Those in strings and comments do not count.
function argument(code: string, from: number): { text: string; begin: number } {
  const begin = from + /^\s*/.exec(code.slice(from))![0].length
  let depth = 0
  let i = begin
  for (; i < code.length; i++) {
    const c = code[i]!
    if (c === "'" || c === '"') {
      for (i++; i < code.length && code[i] !== c; i++) if (code[i] === '\\') i++
    } else if (c === '#' || (c === '/' && code[i + 1] === '/')) {
      while (i + 1 < code.length && code[i + 1] !== '\n') i++
    } else if (c === '/' && code[i + 1] === '*') {
      const end = code.indexOf('*/', i + 2)
      i = end < 0 ? code.length : end + 1
    } else if (c === '(' || c === '[' || c === '{') {
      depth++
    } else if (c === ')' || c === ']' || c === '}') {
      if (depth === 0) break
      depth--
    }
  }
  return { text: code.slice(begin, i).trimEnd(), begin }
}

function newlines(text: string): number {
  return text.split('\n').length - 1
}
