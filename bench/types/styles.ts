import { chainNames } from '../../codegen/openapi/chain-name.ts'
import type { Document } from '../../codegen/openapi/document.ts'
import { operationsOf } from '../../codegen/openapi/operations.ts'
import { literalOf, parametersOf } from './literal.ts'

/** An operation with a literal for each part of its parameters. */
export interface SampleCall {
  verb: string
  path: string
  variables: string | undefined
  query: string | undefined
  header: string | undefined
  body: string | undefined
}

/** One way to write calls, and where an editor is asked in it. `|` is the cursor. */
export interface Style {
  name: string
  head: string
  call(call: SampleCall): string
  path: string
  field: string
}

const native = '/v3/pay/transactions/native'

export const styles: Style[] = [
  {
    name: 'openapi-fetch',
    head: "import createClient from 'openapi-fetch'\nimport type { paths } from '../stock/paths.js'\nconst client = createClient<paths>()\n",
    call: ({ verb, path, ...parts }) => `await client.${verb}('${path}', ${initOf(parts)})`,
    path: "client.POST('|')",
    field: `client.POST('${native}', { body: { | } })`,
  },
  {
    name: 'openapi-fetch, by path',
    head: "import { createPathBasedClient } from 'openapi-fetch'\nimport type { paths } from '../stock/paths.js'\nconst client = createPathBasedClient<paths>()\n",
    call: ({ verb, path, ...parts }) => `await client['${path}'].${verb}(${initOf(parts)})`,
    path: "client['|']",
    field: `client['${native}'].POST({ body: { | } })`,
  },
  {
    name: 'client.POST(path, init)',
    head: "import type { Client } from '../ours/generated/client.js'\ndeclare const client: Client\n",
    call: ({ verb, path, ...parts }) => `await client.${verb}('${path}', ${initOf(parts)})`,
    path: "client.POST('|')",
    field: `client.POST('${native}', { body: { | } })`,
  },
  {
    name: 'path client',
    head: "import type { PathClient } from '../ours/generated/client.js'\ndeclare const paths: PathClient\n",
    call: ({ verb, path, ...parts }) => `await paths['${path}'].${verb}(${initOf(parts)})`,
    path: "paths['|']",
    field: `paths['${native}'].POST({ body: { | } })`,
  },
  {
    name: 'chain',
    head: "import type { Wechatpay } from '../ours/generated/chain.js'\ndeclare const wechatpay: Wechatpay\n",
    call: ({ verb, path, ...parts }) =>
      `await wechatpay.${chainNames(path).join('.')}.${verb.toLowerCase()}(${optionsOf(parts)})`,
    path: "wechatpay['|']",
    field: 'wechatpay.v3.pay.transactions.native.post({ json: { | } })',
  },
]

/** The file of a number of calls, each with a look at its result. */
export function sourceOf({ head, call }: Style, calls: SampleCall[]): string {
  const lines = calls.map(
    (one, index) =>
      `  const result${index} = ${call(one)}\n  if (result${index}.data) seen.push(result${index}.data)`,
  )
  return `${head}export let revision = 1\nexport const seen: unknown[] = []\nexport async function calls() {\n${lines.join('\n')}\n}\n`
}

/** As many calls, spread over all documents. Forms and embedded JSON are left out: the stock types differ there. */
export function sampleCalls(documents: Document[], count: number): SampleCall[] {
  const all = documents
    .flatMap(operationsOf)
    .filter(
      ({ operation }) =>
        !operation.requestBody?.content['multipart/form-data'] &&
        !JSON.stringify(operation.requestBody ?? {}).includes('contentSchema') &&
        !(operation.parameters ?? []).some((parameter) => parameter.content),
    )
  const first = all.find(({ path }) => path === native)!
  const others = all.filter((one) => one !== first)
  const spread = Array.from(
    { length: count - 1 },
    (_, index) => others[Math.floor((index * others.length) / count)]!,
  )
  return [first, ...spread].map(({ path, method, operation }) => {
    const parameters = operation.parameters ?? []
    const schema = operation.requestBody?.content['application/json']?.schema
    return {
      verb: method.toUpperCase(),
      path,
      variables: parametersOf(parameters, 'path'),
      query: parametersOf(parameters, 'query'),
      header: parametersOf(parameters, 'header'),
      body: schema && literalOf(schema),
    }
  })
}

type Parts = Omit<SampleCall, 'verb' | 'path'>

function initOf({ variables, query, header, body }: Parts): string {
  const params = members({ path: variables, query, header })
  return `{ ${members({ params: params && `{ ${params} }`, body })} }`
}

function optionsOf({ variables, query, header, body }: Parts): string {
  const rest = members({ query, headers: header, json: body })
  return `{ ${[variables?.slice(2, -2), rest].filter(Boolean).join(', ')} }`
}

function members(parts: Record<string, string | undefined>): string {
  return Object.entries(parts)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}
