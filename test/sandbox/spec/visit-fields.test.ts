import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments } from '../../../sandbox/index.ts'
import { parameterSchema } from '../../../sandbox/receive/check-parameters.ts'
import { sampleValue } from '../../../sandbox/respond/sample-value.ts'
import { dereference } from '../../../sandbox/spec/dereference.ts'
import type { Document, Schema } from '../../../sandbox/spec/spec-types.ts'
import { visitFields } from '../../../sandbox/spec/visit-fields.ts'
import type { Places } from '../../../src/operations/traits.ts'
import { traitsOf } from '../../support/table.ts'

// The sandbox finds the fields in the documents, the client in a generated table. Both must find the same.

// The table is a merchant's, so that it lacks the operations of brands.
const { 'brand-mode': _, ...documents } = (await specDocuments()) as Record<string, Document>

function placesIn(document: Document, schema: Schema | undefined, name = ''): Places {
  const encrypted: string[] = []
  const json: string[] = []
  const place = (at: string) =>
    at
      .replace(/\/\d+(?=\/|$)/g, '[]')
      .replace(/^\//, '')
      .replaceAll('/', '.')
  visitFields(document, schema ?? {}, sampleValue(document, schema ?? {}, name), name, {
    encrypted: (_, at, by) => by === 'apiv3' || encrypted.push(place(at)),
    embedded(text, at, _, visitInner) {
      json.push(place(at))
      return visitInner(JSON.parse(text))
    },
  })
  return { encrypted: encrypted.sort(), json: json.sort() }
}

function sorted({ encrypted = [], json = [] }: Places = {}): Places {
  return { encrypted: [...encrypted].sort(), json: [...json].sort() }
}

test('the documents and the generated table have the same sensitive and embedded fields', () => {
  let fields = 0
  for (const document of Object.values(documents)) {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const) {
        const operation = item[verb]
        if (!operation) continue
        const server = (item.servers ?? document.servers)?.[0]?.url ?? 'https://x'
        const name = `${verb.toUpperCase()} ${new URL(server).pathname.replace(/\/$/, '')}${path}`
        const traits = traitsOf(name)
        const [content = {}] = [operation.requestBody?.content]
        const form = content['multipart/form-data']?.schema?.properties?.['meta']
        const body = form ?? content['application/json']?.schema
        assert.equal(placesIn(document, body, form && 'meta'), sorted(traits.request), name)
        const response = Object.values(operation.responses ?? {})[0]?.content?.['application/json']?.schema
        assert.equal(placesIn(document, response), sorted(traits.response), name)
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
  assert.is(fields, 296)
})

test.run()
