import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Field } from '../../../codegen/docs/field.ts'
import { page } from '../support/page.ts'
import { read } from '../support/read.ts'
import { expected, fields, printRows } from '../support/table.ts'

function actual(list: Field[]): unknown[] {
  return list.map((field) => ({
    name: field.name,
    type: field.type + (field.array ? '[]' : ''),
    required: field.required,
    term: field.description.term,
    values: field.description.values,
    encrypted: field.encryption === 'rsa',
    children: actual(field.embedded ?? field.children),
    embedded: field.embedded !== undefined,
  }))
}

test('any table that a page can hold is read as it was written, request and response', () => {
  fc.assert(
    fc.property(fields(4), fields(2), (request, response) => {
      const text = page({
        request: ['| json {data-required} | object | 数据', ...printRows(request, 1)],
        response: ['| answer | object | 答', ...printRows(response, 1)],
        options: "['json' => $body]",
      })
      const { operations, findings } = read(text)
      assert.equal(
        findings.filter((finding) => finding.includes(' error ')),
        [],
      )
      const [operation] = operations
      assert.equal(actual(operation!.json!.children), expected(request))
      const shape = operation!.response
      assert.equal(shape.kind === 'json' && actual(shape.fields[0]!.children), expected(response))
    }),
    { numRuns: 200 },
  )
})

test.run()
