import { byCodeUnit } from '../by-code-unit.ts'
import type { Document, OperationObject, Schema } from '../openapi/document.ts'
import { bodySchema, dataSchema, jsonSchema, labelOf, successOf } from '../openapi/operations.ts'
import { callableOperations } from './callable-operations.ts'
import { fieldPlaces } from './field-places.ts'
import { formOf } from './form.ts'

/** A fact about an operation that the runtime needs: its member of `Traits` in `generated/operations.ts`. */
interface Trait {
  name: string
  type: 'true' | 'string' | 'Form' | 'Places'
  /** A list of that type. */
  list?: true
  /** The doc comment of the member. */
  says: string
  /** Its value; undefined where the operation is like most others. */
  of: (operation: OperationObject, document: Document) => unknown
}

const traits: readonly Trait[] = [
  {
    name: 'unauthorized',
    type: 'true',
    says: 'The request is sent without Authorization.',
    of: ({ security }) => security?.length === 0 || undefined,
  },
  {
    name: 'unsigned',
    type: 'true',
    says: 'A 2xx response carries no signature.',
    of: (operation) => operation['x-unsigned-response'],
  },
  {
    name: 'file',
    type: 'true',
    says: 'A 2xx response is a file.',
    of: holdsFile,
  },
  {
    name: 'digest',
    type: 'string',
    says: "The response header with the file's digest. The signature covers it in place of the body.",
    of: (operation) => operation['x-signed-digest'],
  },
  {
    name: 'idempotencyKey',
    type: 'string',
    says: 'The field of the body that makes it safe to send the request again.',
    of: (operation) => operation['x-idempotency-key'],
  },
  {
    name: 'servers',
    type: 'string',
    list: true,
    says: 'Entry points, the preferred one first, when they are not the default ones.',
    of: ownServers,
  },
  {
    name: 'form',
    type: 'Form',
    says: 'The parts of an upload.',
    of: formOf,
  },
  {
    name: 'request',
    type: 'Places',
    says: 'Fields of the body that the client encrypts or writes as JSON text.',
    of: (operation) => fieldPlaces(bodySchema(operation)),
  },
  {
    name: 'query',
    type: 'Places',
    says: 'The same for the query.',
    of: (operation) => fieldPlaces(querySchema(operation)),
  },
  {
    name: 'response',
    type: 'Places',
    says: 'Fields of the response that the client decrypts or parses.',
    of: (operation) => fieldPlaces(dataSchema(operation)),
  },
]

/** The members of `Traits`. */
export const traitTypes = traits.map(({ name, type, list = false, says }) => ({ name, type, list, says }))

/** The operations of all documents that have a trait, in the order of their names. */
export function traitsOf(documents: Iterable<Document>): { name: string; traits: object }[] {
  return [...documents]
    .flatMap((document) =>
      callableOperations(document).map((placed) => ({
        name: labelOf(placed),
        traits: traitsIn(placed.operation, document),
      })),
    )
    .filter(({ traits }) => Object.keys(traits).length > 0)
    .sort((a, b) => byCodeUnit(a.name, b.name))
}

function traitsIn(operation: OperationObject, document: Document): object {
  return Object.fromEntries(
    traits.flatMap(({ name, of }) => {
      const value = of(operation, document)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

// An operation that has the document's first server first is reached as any other.
function ownServers({ servers }: OperationObject, document: Document): string[] | undefined {
  const urls = servers?.map(({ url }) => url)
  return urls?.[0] === document.servers?.[0]?.url ? undefined : urls
}

function holdsFile(operation: OperationObject): true | undefined {
  const types = Object.keys(successOf(operation)?.content ?? {})
  return (types.length > 0 && !types.includes('application/json')) || undefined
}

function querySchema({ parameters = [] }: OperationObject): Schema {
  const query = parameters.filter((parameter) => parameter.in === 'query')
  return {
    properties: Object.fromEntries(
      query.map(({ name, schema = {}, content }) => {
        const embedded = jsonSchema(content)
        return [name, embedded ? { contentSchema: embedded } : schema]
      }),
    ),
  }
}
