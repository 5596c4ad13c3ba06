import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { operations, type Places } from '../../../generated/operations.ts'
import { specDocuments } from '../../../sandbox/index.ts'
import { parameterSchema } from '../../../sandbox/receive/check-parameters.ts'
import { sample } from '../../../sandbox/respond/sample-value.ts'
import { type Document, dereference, type Schema } from '../../../sandbox/spec/spec-types.ts'
import { walk } from '../../../sandbox/spec/visit-fields.ts'

// The sandbox reads the documents, the client a generated table: two ways to the same fields.

const documents = (await specDocuments()) as Record<string, Document>

function placesIn(document: Document, schema: Schema | undefined, name = ''): Places {
  const encrypted: string[] = []
  const json: string[] = []
  const found = (at: string) =>
    at
      .replace(/\/\d+(?=\/|$)/g, '[]')
      .replace(/^\//, '')
      .replaceAll('/', '.')
  walk(document, schema ?? {}, sample(document, schema ?? {}, name), name, {
    encrypted: (_, at, by) => by === 'apiv3' || encrypted.push(found(at)),
    embedded(text, at, _, inside) {
      json.push(found(at))
      return inside(JSON.parse(text))
    },
  })
  return { encrypted: encrypted.sort(), json: json.sort() }
}

function sorted({ encrypted = [], json = [] }: Places = {}): Places {
  return { encrypted: [...encrypted].sort(), json: [...json].sort() }
}

test('each sensitive and each embedded field of the table is where the sandbox looks for it', () => {
  let fields = 0
  for (const document of Object.values(documents)) {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const) {
        const operation = item[verb]
        if (!operation) continue
        const server = (item.servers ?? document.servers)?.[0]?.url ?? 'https://x'
        const name = `${verb.toUpperCase()} ${new URL(server).pathname.replace(/\/$/, '')}${path}`
        const traits = Object.hasOwn(operations, name) ? operations[name]! : {}
        const [content = {}] = [operation.requestBody?.content]
        const form = content['multipart/form-data']?.schema?.properties?.['meta']
        const body = form ?? content['application/json']?.schema
        assert.equal(placesIn(document, body, form && 'meta'), sorted(traits.request), name)
        const answer = Object.values(operation.responses ?? {})[0]?.content?.['application/json']?.schema
        assert.equal(placesIn(document, answer), sorted(traits.response), name)
        const query = (operation.parameters ?? [])
          .map((one) => dereference(document, one))
          .filter((one) => one.in === 'query')
          .map((one) => placesIn(document, parameterSchema(one), one.name))
        const all = {
          encrypted: query.flatMap((one) => one.encrypted ?? []),
          json: query.flatMap((one) => one.json ?? []),
        }
        assert.equal(sorted(all), sorted(traits.query), name)
        fields += [body && placesIn(document, body), all].flatMap((one) => one?.encrypted ?? []).length
      }
    }
  }
  assert.is(fields, 284)
})

test.run()
