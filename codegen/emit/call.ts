import type { OperationObject } from '../openapi/document.ts'
import type { PlacedOperation } from './list-operations.ts'
import { bodySchema, dataSchema } from './models.ts'

/** What the templates say of one call. */
export interface Call {
  verb: string
  /** The verb as a chain spells it. */
  lower: string
  path: string
  name: string
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
  /** Neither parameters nor a body are required. */
  needsNothing: boolean
  /** A path variable has the name of an option, which it then replaces. */
  shadowed: boolean
  /** Why not to call it any more, or nothing. */
  deprecated: string
  docs: string[]
}

interface Param {
  place: 'path' | 'query' | 'header'
  optional: boolean
  model: string
}

const suffixes = { path: 'Path', query: 'Query', header: 'Header' } as const
const commonOptions = new Set(['base_uri', 'signal', 'fetch', 'headers'])

/** Describes an operation as it is called. */
export function describeCall({ path, method, operation }: PlacedOperation): Call {
  const name = operation.operationId
  const params = (['path', 'query', 'header'] as const).flatMap((place): Param[] => {
    const own = (operation.parameters ?? []).filter((parameter) => parameter.in === place)
    if (own.length === 0) return []
    const optional = own.every((parameter) => !parameter.required || parameter.name === 'Wechatpay-Serial')
    return [{ place, optional, model: name + suffixes[place] }]
  })
  const model = (place: Param['place']) => params.find((param) => param.place === place)?.model ?? ''
  const optional = (place: Param['place']) => params.find((param) => param.place === place)?.optional ?? true
  const paramsOptional = params.every((param) => param.optional)
  const body = bodySchema(operation) ? `${name}Body` : ''
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1]
  return {
    verb: method.toUpperCase(),
    lower: method,
    path,
    name,
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
    stream: success !== undefined && 'content' in success && success.content !== undefined,
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
  const lines = [`${summary ?? operation.operationId}`, `\`${method.toUpperCase()} ${path}\``]
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
