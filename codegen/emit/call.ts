import { type ChainStep, chainSteps } from '../openapi/chain-name.ts'
import type { OperationObject } from '../openapi/document.ts'
import { bodySchema, dataSchema, labelOf, successOf } from '../openapi/operations.ts'
import type { Verb } from '../verbs.ts'
import type { CallableOperation } from './callable-operations.ts'
import { chainSpellings, spellings } from './spellings.ts'

/** What the templates need to know about one operation. */
export interface Call {
  /** `get`, as the chain has it. */
  method: Verb
  /** `GET`, as the client has it. */
  verb: string
  path: string
  /** The path in every spelling that the client takes. */
  spellings: string[]
  /** The steps of the chain, and the path in every spelling that the chain takes. */
  steps: ChainStep[]
  chainSpellings: string[]
  init: string
  options: string
  params: Param[]
  paramsOptional: boolean
  pathModel: string
  queryModel: string
  queryOptional: boolean
  headerModel: string
  headerOptional: boolean
  body: string
  multipart: boolean
  data: string
  stream: boolean
  /** The field of `data` with the items of a page; an empty text where there are no pages. */
  pageItems: string
  /** Neither parameters nor a body are required. */
  needsNothing: boolean
  /** A path variable has the name of an option, which it replaces. */
  shadowed: boolean
  /** Why not to call the operation any more, or an empty text. */
  deprecated: string
  docs: string[]
}

interface Param {
  place: 'path' | 'query' | 'header'
  optional: boolean
  model: string
}

const suffixes = { path: 'Path', query: 'Query', header: 'Header' } as const
const commonOptions = new Set([
  ...['base_uri', 'signal', 'fetch', 'headers'],
  ...['timeout', 'deadline', 'retry', 'throwOnError'],
])

/** Describes an operation for the templates. */
export function describeCall({ path, method, operation }: CallableOperation): Call {
  const name = operation.operationId
  const params = (['path', 'query', 'header'] as const).flatMap((place): Param[] => {
    const own = (operation.parameters ?? []).filter((parameter) => parameter.in === place)
    if (own.length === 0) return []
    const optional = own.every((parameter) => !parameter.required)
    return [{ place, optional, model: name + suffixes[place] }]
  })
  const model = (place: Param['place']) => params.find((param) => param.place === place)?.model ?? ''
  const optional = (place: Param['place']) => params.find((param) => param.place === place)?.optional ?? true
  const paramsOptional = params.every((param) => param.optional)
  const body = bodySchema(operation) ? `${name}Body` : ''
  return {
    method,
    verb: method.toUpperCase(),
    path,
    spellings: spellings(path),
    steps: chainSteps(path, operation['x-chain']),
    chainSpellings: chainSpellings(path),
    init: `${name}Init`,
    options: `${name}Options`,
    params,
    paramsOptional,
    pathModel: model('path'),
    queryModel: model('query'),
    queryOptional: optional('query'),
    headerModel: model('header'),
    headerOptional: optional('header'),
    body,
    multipart: operation.requestBody?.content['multipart/form-data'] !== undefined,
    data: dataSchema(operation) ? `${name}Data` : '',
    stream: successOf(operation)?.content !== undefined,
    pageItems: operation['x-pages']?.items ?? '',
    needsNothing: paramsOptional && body === '',
    shadowed: (operation.parameters ?? []).some((one) => one.in === 'path' && commonOptions.has(one.name)),
    deprecated: deprecated(operation),
    docs: docs(path, method, operation),
  }
}

function docs(path: string, method: string, operation: OperationObject): string[] {
  const { summary, tags, externalDocs } = operation
  const mode = { direct: '直连商户', partner: '合作伙伴', both: '直连商户、合作伙伴' }[
    operation['x-mode'] ?? 'both'
  ]
  const lines = [`${summary ?? operation.operationId}`, `\`${labelOf({ method, path })}\``]
  if (tags?.[0]) lines.push(`${tags[0]}${operation['x-mode'] ? `（${mode}）` : ''}`)
  if (externalDocs) lines.push(externalDocs.url)
  return lines
}

function deprecated(operation: OperationObject): string {
  if (!operation.deprecated) return ''
  const since = operation['x-sunset'] ? `${operation['x-sunset']} 起` : ''
  const successor = operation['x-superseded-by'] ? `，请使用 ${operation['x-superseded-by']}` : ''
  return `${since}已停止维护${successor}`
}
