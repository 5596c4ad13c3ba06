import type { Endpoint } from './endpoint.ts'
import { listOf, objectOf } from './json.ts'
import { member, type Placed, resolve } from './json-node.ts'

/** The names of what an operation takes and gives, each with the way to it: `amount.total`. */
export interface Fields {
  query: string[]
  body: string[]
  answer: string[]
}

const depth = 5

/** The names of what an operation takes and gives. */
export function fieldsOf({ operation }: Endpoint): Fields {
  const answers = objectOf(operation.value['responses'])
  const success = Object.keys(answers).find((status) => status.startsWith('2'))
  return {
    query: listOf(operation.value['parameters']).flatMap((_, index) => {
      const { name, in: place } = resolve(member(operation, 'parameters', index)).value
      return place === 'query' ? [String(name)] : []
    }),
    body: contentOf(resolve(member(operation, 'requestBody'))),
    answer: success === undefined ? [] : contentOf(resolve(member(operation, 'responses', success))),
  }
}

function contentOf(holder: Placed): string[] {
  const found = new Set<string>()
  for (const type of Object.keys(objectOf(holder.value['content'])))
    walk(member(holder, 'content', type, 'schema'), '', 0, found)
  return [...found]
}

function walk(schema: Placed<unknown>, prefix: string, level: number, found: Set<string>): void {
  if (level > depth || schema.value === undefined) return
  const here = resolve(schema)
  for (const name of Object.keys(objectOf(here.value['properties']))) {
    found.add(prefix + name)
    walk(member(here, 'properties', name), `${prefix}${name}.`, level + 1, found)
  }
  walk(member(here, 'items'), `${prefix}[].`, level + 1, found)
  walk(member(here, 'contentSchema'), prefix, level + 1, found)
  for (const keyword of ['allOf', 'oneOf', 'anyOf'])
    listOf(here.value[keyword]).forEach((_, index) => {
      walk(member(here, keyword, index), prefix, level + 1, found)
    })
}
