import { type Endpoint, successStatusOf } from './endpoint.ts'
import { listOf, objectOf, stringOf } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'

/** A field of an operation whose value is a string. */
export interface Field {
  name: string
  label: string | undefined
  isEncrypted: boolean
  location: string[]
  node: Node
}

const deepest = 8

/** The fields of an operation that hold text: in the query, the body and the response. */
export function fieldNodesOf(endpoint: Endpoint): Field[] {
  const { operation } = endpoint
  const found: Field[] = []
  for (const index of listOf(operation.value['parameters']).keys()) {
    const parameter = resolve(member(operation, 'parameters', index))
    const { name, in: where, description } = parameter.value
    if (where === 'query')
      visit(member(parameter, 'schema'), [`query`, String(name)], found, stringOf(description))
  }
  visitContent(resolve(member(operation, 'requestBody')), ['body'], found)
  const success = successStatusOf(endpoint)
  if (success !== undefined) visitContent(resolve(member(operation, 'responses', success)), [success], found)
  return found
}

function visitContent(holder: Node, location: string[], found: Field[]): void {
  for (const type of Object.keys(objectOf(holder.value['content'])))
    visitInner(resolve(member(holder, 'content', type, 'schema')), location, 0, found)
}

function visit(schema: Node<unknown>, location: string[], found: Field[], label?: string, depth = 0): void {
  const node = resolve(schema)
  const forms = [node, resolve(member(node, 'items'))]
  if (forms.some(({ value }) => value['type'] === 'string' || 'x-encrypted' in value))
    found.push({
      name: location.at(-1)!,
      label: label ?? stringOf(node.value['description']),
      isEncrypted: forms.some(({ value }) => value['x-encrypted'] !== undefined),
      location,
      node,
    })
  visitInner(node, location, depth, found)
}

// The depth is counted, as a reference may lead back to itself.
function visitInner(node: Node, location: string[], depth: number, found: Field[]): void {
  if (depth > deepest) return
  for (const name of Object.keys(objectOf(node.value['properties'])))
    visit(member(node, 'properties', name), [...location, name], found, undefined, depth + 1)
  const inner = (at: string[], ...keys: (string | number)[]) =>
    visitInner(resolve(member(node, ...keys)), at, depth + 1, found)
  if (node.value['items'] !== undefined) inner([...location, '[]'], 'items')
  if (node.value['contentSchema'] !== undefined) inner(location, 'contentSchema')
  for (const keyword of ['allOf', 'oneOf', 'anyOf'])
    for (const index of listOf(node.value[keyword]).keys()) inner(location, keyword, index)
}
