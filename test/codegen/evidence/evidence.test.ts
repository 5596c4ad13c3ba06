import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommand } from '../../../codegen/commands/main.ts'
import { readJudgements } from '../../../codegen/evidence/judgements.ts'
import { withFolder } from '../support/folder.ts'

const spec = `openapi: 3.1.0
info: { title: t, version: '1', license: { name: MIT, identifier: MIT } }
paths:
  /v3/pens/{pen_id}:
    post:
      operationId: PensPost
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [colour, owner, mchid]
              properties:
                colour: { type: string, enum: [RED] }
                owner: { type: string }
                mchid: { type: string }
                inks:
                  type: array
                  items: { type: object, required: [amount], properties: { amount: { type: number } } }
                scene: { type: string, contentMediaType: application/json, contentSchema: { type: object, properties: { id: { type: string } } } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, properties: { sold_time: { type: string } } }
components: { schemas: {} }
`

const other = {
  operations: {
    'POST /v3/pens/{id}': [
      {
        request: {
          'query.limit': { type: 'integer', optional: true },
          colour: { type: 'string', enum: ['RED', 'BLUE'] },
          owner: { type: 'string', optional: true, encrypted: true },
          mchid: { type: 'string', optional: true },
          inks: { type: 'object[]' },
          'inks.amount': { type: 'integer', optional: false },
          scene: { type: 'string' },
          'scene.id': { type: 'string' },
          weight: { type: 'integer' },
        },
        response: { sold_time: { type: 'string', format: 'date-time' }, price: { type: 'integer' } },
      },
    ],
  },
}

/** Runs `evidence` on a spec, evidence and judgements. */
async function run(evidence: Record<string, string>, judgements = '[]\n') {
  let result = { code: -1, out: '', err: '' }
  const files = {
    'spec/pens.yaml': spec,
    'spec/evidence/judgements.yaml': judgements,
    ...Object.fromEntries(Object.entries(evidence).map(([name, text]) => [`evidence/${name}`, text])),
  }
  await withFolder(files, async (folder) => {
    let out = ''
    let err = ''
    const streams = {
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
    }
    const code = await runCommand(
      ['evidence', '--with', join(folder, 'evidence'), '--spec', join(folder, 'spec')],
      streams,
    )
    assert.is(readFileSync(join(folder, 'spec/pens.yaml'), 'utf8'), spec, 'nothing is written')
    result = { code, out, err: err.replaceAll(folder, '') }
  })
  return result
}

const files = { 'sdk.json': JSON.stringify(other) }

test('disagreements are printed by class, operation and field, with their source', async () => {
  const { code, out } = await run(files)
  assert.is(code, 1)
  assert.is(
    out,
    `required: 2 to judge
  POST /v3/pens/{pen_id}
    request owner: required in the spec, optional there (sdk)
    request query.limit: required in the spec, optional there (sdk)

type: 1 to judge
  POST /v3/pens/{pen_id}
    request inks.amount: number in the spec, integer there (sdk)

enum: 1 to judge
  POST /v3/pens/{pen_id}
    request colour: closed values in the spec, there also BLUE (sdk)

format: 1 to judge
  POST /v3/pens/{pen_id}
    response sold_time: no format in the spec, date-time there (sdk)

encrypted: 1 to judge
  POST /v3/pens/{pen_id}
    request owner: plain in the spec, encrypted there (sdk)

only-there: 2 to judge
  POST /v3/pens/{pen_id}
    request weight: integer, not in the spec (sdk)
    response price: integer, not in the spec (sdk)

8 to judge, 0 judged, 0 stale judgements
`,
  )
})

test('what was judged is counted by reason, and the first judgement that matches decides', async () => {
  const judgements = `- { class: required, field: 'query.*', reason: A query may be short. }
- { class: required, reason: All others. }
- { class: type, field: '*amount', operation: 'POST *', side: request, source: sdk, says: 'number*', reason: Money. }
- { class: enum, reason: e }
- { class: format, reason: f }
- { class: encrypted, reason: c }
- { class: only-there, reason: o }
`
  const { code, out } = await run(files, judgements)
  assert.is(code, 0, out)
  assert.match(out, 'required: 2 judged\n  1 (line 2) All others.\n  1 (line 1) A query may be short.')
  assert.match(out, '0 to judge, 8 judged, 0 stale judgements')
  const stale = await run(files, `${judgements}- { class: type, field: gone, reason: Nothing. }\n`)
  assert.is(stale.code, 1)
  assert.match(stale.out, 'line 8: this judgement (type) covers nothing any more, delete it: Nothing.')
})

test('evidence that cannot be used is named, with exit code 3', async () => {
  const cases: [Record<string, string>, string][] = [
    [{ 'sdk.json': '{"operations": {' }, 'sdk.json is not JSON, or is cut off'],
    [{ 'sdk.json': '[]' }, 'sdk.json: it has no `operations`'],
    [{ 'sdk.json': '{"operations":{"pens":{}}}' }, 'sdk.json: "pens" is not an operation'],
    [{ 'sdk.json': '{"operations":{"GET /v3/x":7}}' }, 'sdk.json: the model of GET /v3/x is not an object'],
    [{ 'sdk.json': '{"operations":{"GET /v3/x":{"request":{"a":{}}}}}' }, 'a of GET /v3/x has no `type`'],
    [
      { 'sdk.json': '{"operations":{"GET /v3/ink":{"request":{}}}}' },
      'sdk.json has GET /v3/ink, which the spec does not have',
    ],
    [{ 'notes.txt': '' }, 'has no .json file'],
  ]
  for (const [evidence, message] of cases) {
    const { code, out, err } = await run(evidence)
    assert.is(code, 3, message)
    assert.match(err, message)
    assert.is(out, '')
  }
})

test('a malformed judgement is named with its line', async () => {
  const cases: [string, string][] = [
    ['a: 1\n', 'judgements.yaml:1: the file must be a list of judgements'],
    [
      '- { class: type, reason: r }\n- { class: types, reason: r }\n',
      'judgements.yaml:2: `class` must be one of',
    ],
    ['- { class: type }\n', 'judgements.yaml:1: the judgement has no `reason`'],
    ['- { class: type, reason: r, side: both }\n', '`side` must be request or response'],
    ['- { class: type, reason: r, why: x }\n', 'why must be a text, and one of class'],
    ['- [\n', 'judgements.yaml:'],
  ]
  for (const [text, message] of cases) {
    const { code, err } = await run(files, text)
    assert.is(code, 3, message)
    assert.match(err, message)
  }
})

test('no committed judgement covers what nobody has looked at yet', async () => {
  const file = fileURLToPath(new URL('../../../spec/evidence/judgements.yaml', import.meta.url))
  const judgements = await readJudgements(file)
  assert.ok(judgements.length > 0)
  for (const { class: kind, operation, field, says, line } of judgements)
    if (['operation', 'required', 'type', 'enum', 'format'].includes(kind))
      assert.ok(
        [operation, field, says].some((one) => one !== '*'),
        `line ${line} covers every ${kind}`,
      )
})

test('usage', async () => {
  let err = ''
  const streams = { stdout: { write: () => {} }, stderr: { write: (text: string) => (err += text) } }
  assert.is(await runCommand(['evidence'], streams), 2)
  assert.match(err, 'evidence needs --with DIR')
  assert.is(await runCommand(['evidence', '--with', 'nowhere-at-all'], streams), 3)
  assert.match(err, 'cannot read nowhere-at-all: ENOENT')
})

test.run()
