import type { Field } from '../encryption/oaep.ts'
import { EncryptionError, RequestError } from '../errors.ts'
import { parseJson } from '../json.ts'
import { members, valueStart } from './json-text.ts'
import type { PlaceNode } from './place-tree.ts'

/** Encrypts a sensitive field for WeChat Pay; the second argument is for messages. */
export type Encrypt = (plain: string, field: Field) => Promise<string>

/** What sealing needs to know about a call. */
export interface Sealing {
  encrypt: Encrypt
  /** For messages. */
  operation: string
}

/** A value in a JSON text that has to be replaced. */
interface Edit {
  node: PlaceNode
  place: string
  start: number
  end: number
}

/**
 * Seals a JSON text: replaces the values at the places below `node` and leaves the rest unchanged.
 *
 * @param node the node of the text's value
 * @param place its path, for messages; empty for a body
 * @throws {RequestError} ERR_REQUEST
 * @throws {EncryptionError} ERR_ENCRYPT_VALUE, and what `encrypt` throws
 */
export async function sealText(
  text: string,
  node: PlaceNode,
  place: string,
  sealing: Sealing,
): Promise<string> {
  if (parseJson(text) === undefined) {
    // Without the parser's error, which quotes the text.
    throw new RequestError('ERR_REQUEST', `${place || 'the body'} is not JSON`, {
      operation: sealing.operation,
    })
  }
  const edits = [...editsBelow(text, valueStart(text, 0), node, place, sealing)]
  const replacements = await Promise.all(
    edits.map((edit) => sealed(text.slice(edit.start, edit.end), edit, sealing)),
  )
  let whole = ''
  let at = 0
  for (const [index, { start, end }] of edits.entries()) {
    whole += text.slice(at, start) + replacements[index]
    at = end
  }
  return whole + text.slice(at)
}

/** What has to be replaced in the value that begins at `start`. */
function* editsBelow(
  text: string,
  start: number,
  node: PlaceNode,
  place: string,
  sealing: Sealing,
): Generator<Edit> {
  const first = text[start]
  const isList = first === '[' && node.items !== undefined
  if (!isList && !(first === '{' && node.fields.size > 0)) {
    if (node.secret && first !== 'n') throw wrongShape(node, place, sealing)
    return
  }
  let index = 0
  for (const { name, start: from, end } of members(text, start)) {
    const next = name === undefined ? node.items : node.fields.get(name)
    const below = name === undefined ? `${place}[${index++}]` : place ? `${place}.${name}` : name
    if (!next) continue
    if (next.encrypted || next.json) yield { node: next, place: below, start: from, end }
    else yield* editsBelow(text, from, next, below, sealing)
  }
}

/** The text that replaces a value. */
async function sealed(value: string, { node, place }: Edit, sealing: Sealing): Promise<string> {
  const { encrypt, operation } = sealing
  if (value === 'null' || value === '""') return value
  const given = value.startsWith('"') ? (JSON.parse(value) as string) : undefined
  if (node.encrypted) {
    if (given !== undefined) return JSON.stringify(await encrypt(given, { place, operation }))
    throw new EncryptionError('ERR_ENCRYPT_VALUE', `${place} must be a string`, {
      operation,
      hint: 'It is encrypted for you: pass its plain text',
    })
  }
  // A text passed by the caller is parsed only when it has places to seal; else it need not be valid JSON.
  const below = node.fields.size > 0 || node.items !== undefined
  if (given !== undefined && !node.secret) return value
  const inner = given ?? value
  return JSON.stringify(below ? await sealText(inner, node, place, sealing) : inner)
}

function wrongShape({ items }: PlaceNode, place: string, { operation }: Sealing): EncryptionError {
  const shape = items ? 'an array' : 'an object'
  return new EncryptionError('ERR_ENCRYPT_VALUE', `${place || 'the body'} must be ${shape}`, {
    operation,
    hint: 'It has sensitive fields, which are only found in the documented shape',
  })
}
