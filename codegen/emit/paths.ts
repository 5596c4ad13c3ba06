import type { Document, OperationObject } from '../spec/document.ts'
import { bodySchema, dataSchema } from './models.ts'
import { operationsOf, type PlacedOperation } from './operations.ts'
import { template } from './template.ts'

/** The names that a domain's path file exports, for those who put domains together. */
export interface PathExports {
  domain: string
  verbs: { verb: string; initMap: string; dataMap: string; optionalMap?: string }[]
}

const render = template('paths.ts')

/** The TypeScript of one domain's paths: what each call takes and answers. */
export function emitPaths(domain: string, document: Document): { text: string; exports: PathExports } {
  const operations = operationsOf(document)
  const prefix = domainName(domain)
  const verbs = verbsOf(operations).map((verb) => {
    const own = operations.filter(({ method }) => method.toUpperCase() === verb)
    const entries = own.flatMap((placed) => spellings(placed).map((path) => entry(path, placed)))
    const name = prefix + verb.charAt(0) + verb.slice(1).toLowerCase()
    return {
      verb,
      initMap: `${name}Calls`,
      dataMap: `${name}Answers`,
      optionalMap: `${name}BareCalls`,
      entries,
      optional: entries.filter((one) => one.needsNothing),
    }
  })
  const text = render({
    hasModels: operations.length > 0,
    operations: operations.map(describe),
    verbs,
    client: `${prefix}Client`,
  })
  const exports = verbs.map(({ verb, initMap, dataMap, optionalMap, optional }) => ({
    verb,
    initMap,
    dataMap,
    ...(optional.length > 0 && { optionalMap }),
  }))
  return { text, exports: { domain, verbs: exports } }
}

/** `pay-devices` → `PayDevices`. */
export function domainName(domain: string): string {
  return domain
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE']

function verbsOf(operations: PlacedOperation[]): string[] {
  const present = new Set(operations.map(({ method }) => method.toUpperCase()))
  return order.filter((verb) => present.has(verb))
}

// `{name}` and `<name>`: the second spelling is the first one's alias.
function spellings({ path }: PlacedOperation): string[] {
  const angled = path.replace(/\{([^{}]*)\}/g, '<$1>')
  return angled === path ? [path] : [path, angled]
}

function entry(path: string, { operation }: PlacedOperation) {
  const { params, paramsOptional, body, init } = describe({ path, method: 'get', operation })
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1]
  const stream = success !== undefined && 'content' in success && success.content !== undefined
  return {
    path,
    init,
    data: dataSchema(operation) ? `${operation.operationId}Data` : '',
    stream,
    needsNothing: (params.length === 0 || paramsOptional) && body === '',
  }
}

function describe({ path, method, operation }: PlacedOperation) {
  const params = (['path', 'query', 'header'] as const).flatMap((place) => {
    const own = (operation.parameters ?? []).filter((parameter) => parameter.in === place)
    if (own.length === 0) return []
    const optional = own.every((parameter) => !parameter.required || parameter.name === 'Wechatpay-Serial')
    return [
      {
        place,
        optional,
        model: operation.operationId + { path: 'Path', query: 'Query', header: 'Header' }[place],
      },
    ]
  })
  const body = bodySchema(operation) ? `${operation.operationId}Body` : ''
  return {
    init: `${operation.operationId}Init`,
    params,
    paramsOptional: params.every((param) => param.optional),
    body,
    bodyOptional: false,
    multipart: operation.requestBody?.content['multipart/form-data'] !== undefined,
    docs: docs(path, method, operation),
  }
}

function docs(path: string, method: string, operation: OperationObject): string[] {
  const { summary, tags, deprecated, externalDocs } = operation
  const mode = { direct: '直连商户', partner: '合作伙伴', both: '直连商户、合作伙伴' }[
    operation['x-mode'] ?? 'both'
  ]
  const lines = [`${summary ?? operation.operationId}`, `\`${method.toUpperCase()} ${path}\``]
  if (tags?.[0]) lines.push(`${tags[0]}${operation['x-mode'] ? `（${mode}）` : ''}`)
  if (externalDocs) lines.push(externalDocs.url)
  if (deprecated)
    lines.push(`已停止维护${operation['x-superseded-by'] ? `，请使用 ${operation['x-superseded-by']}` : ''}`)
  return lines
}
