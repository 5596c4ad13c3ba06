import { type Endpoint, successStatusOf } from './endpoint.ts'
import { listOf, objectOf } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'

/** The names of all fields of an operation, each with its path: `amount.total`. */
interface Fields {
  query: string[]
  body: string[]
  response: string[]
}

const deepest = 5

/** The names of all fields of an operation. */
export function fieldsOf(endpoint: Endpoint): Fields {
  const { operation } = endpoint
  const success = successStatusOf(endpoint)
  return {
    query: listOf(operation.value['parameters']).flatMap((_, index) => {
      const parameter = resolve(member(operation, 'parameters', index)).value
      return parameter['in'] === 'query' ? [String(parameter['name'])] : []
    }),
    body: contentFields(resolve(member(operation, 'requestBody'))),
    response: success === undefined ? [] : contentFields(resolve(member(operation, 'responses', success))),
  }
}

function contentFields(holder: Node): string[] {
  const found = new Set<string>()
  for (const type of Object.keys(objectOf(holder.value['content'])))
    collect(member(holder, 'content', type, 'schema'), '', 0, found)
  return [...found]
}

function collect(schema: Node<unknown>, prefix: string, depth: number, found: Set<string>): void {
  if (depth > deepest || schema.value === undefined) return
  const here = resolve(schema)
  for (const name of Object.keys(objectOf(here.value['properties']))) {
    found.add(prefix + name)
    collect(member(here, 'properties', name), `${prefix}${name}.`, depth + 1, found)
  }
  collect(member(here, 'items'), `${prefix}[].`, depth + 1, found)
  collect(member(here, 'contentSchema'), prefix, depth + 1, found)
  for (const keyword of ['allOf', 'oneOf', 'anyOf'])
    listOf(here.value[keyword]).forEach((_, index) => {
      collect(member(here, keyword, index), prefix, depth + 1, found)
    })
}
