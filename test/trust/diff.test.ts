import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommand } from '../../codegen/commands/main.ts'
import { compare } from '../../codegen/diff/compare/compare.ts'
import { annotationsReport } from '../../codegen/diff/report/annotations-report.ts'
import { htmlReport } from '../../codegen/diff/report/html-report.ts'
import { markdownReport } from '../../codegen/diff/report/markdown-report.ts'
import { textReport } from '../../codegen/diff/report/text-report.ts'
import { ordered } from '../../codegen/diff/review/review.ts'
import type { Document } from '../../codegen/openapi/document.ts'
import { toYaml } from '../../codegen/spec/yaml.ts'
import { review } from '../codegen/diff/report/support/reviews.ts'
import { document, json, object, operation, post, responding } from '../codegen/diff/support/spec.ts'
import { withFolder } from '../codegen/support/folder.ts'

type Spec = Map<string, Document>

/** A reviewer sees first where money goes, whole, and cannot accept one address for another. */
const text = { type: 'string' }
const foreign = 'https://collect.example'
const old = { '/v3/pay/a': { post: operation() } }
const added = (parts: object): Spec =>
  new Map([['pay', document({ paths: { ...old, '/v3/pay/zz': { post: operation({ ...parts }) } } })]])
const before: Spec = new Map([['pay', document({ paths: old })]])
const paid = { responses: { 200: { description: 'ok', ...json(object({ code_url: text })) } } }

test('a new operation with a foreign host and an unsigned response is breaking, before all else', () => {
  const now = added({ ...paid, servers: [{ url: foreign }], 'x-unsigned-response': true })
  // A change that breaks every app, in an operation that sorts first.
  now.get('pay')!.paths!['/v3/pay/a'] = {
    post: operation({ parameters: [{ name: 'p', in: 'query', required: true, schema: text }] }),
  } as never
  const { changes } = compare(before, now)
  assert.equal(
    ordered(changes).map(({ rule, wire }) => `${wire} ${rule}`),
    [
      'breaking endpoint-added-unsigned',
      'breaking endpoint-added-with-host',
      'info endpoint-added',
      'breaking new-required-request-parameter',
    ],
  )
})

test('so is one of a new domain, whose host is in the document', () => {
  const gained = document({
    servers: [{ url: foreign }],
    paths: { '/v3/new/a': { post: operation({ 'x-unsigned-response': true }) } },
  })
  const { changes } = compare(before, new Map([...before, ['new', gained]]))
  assert.equal(changes.map(({ rule }) => rule).sort(), [
    'domain-added',
    'endpoint-added-unsigned',
    'endpoint-added-with-host',
  ])
  const { changes: alone } = compare(new Map(), new Map([['new', gained]]))
  assert.ok(
    alone.some(({ rule }) => rule === 'endpoint-added-with-host'),
    'without any unchanged document',
  )
})

test('a new operation with a field in plain text that another one encrypts is breaking', () => {
  const sealed = { ...text, description: '姓名', 'x-encrypted': 'wechatpay' }
  const known = post({ requestBody: json(object({ user: sealed })) })
  const now = new Map([
    [
      'pay',
      document({
        paths: {
          ...known.get('pay')!.paths,
          '/v3/pay/zz': {
            post: operation({
              requestBody: json(object({ payee: object({ user: { ...text, description: '姓名' } }) })),
            }),
          },
        },
      }),
    ],
  ])
  const { changes } = compare(known, now)
  const change = changes.find(({ wire }) => wire === 'breaking')!
  assert.is(change.rule, 'endpoint-added-with-plain-field')
  assert.equal(change.location, ['body', 'payee', 'user'])
  assert.match(change.message.en, 'POST /v3/pay/a')
})

test('diff --fail-on ends with 1 for it', async () => {
  const now = added({ ...paid, servers: [{ url: foreign }], 'x-unsigned-response': true })
  const files = { 'old/pay.yaml': toYaml(before.get('pay')!), 'new/pay.yaml': toYaml(now.get('pay')!) }
  await withFolder(files, async (folder) => {
    const parts: string[] = []
    const stream = { write: (part: string) => parts.push(part) }
    const sides = ['old', 'new'].map((name) => join(folder, name))
    for (const limit of ['warning', 'breaking']) {
      const code = await runCommand(['diff', ...sides, '--fail-on', limit], {
        stdout: stream,
        stderr: stream,
      })
      assert.is(code, 1)
    }
    assert.match(parts.join(''), foreign)
  })
})

const long = `https://api.mch.weixin.qq.com/${'a'.repeat(500)}`

test('two hosts that differ in their last characters only have two fingerprints, and are shown whole', () => {
  const now = ['1', '2'].map((end) => compare(before, added({ servers: [{ url: long + end }] })).changes)
  const [one, other] = now.map((changes) => changes.find(({ rule }) => rule === 'endpoint-added-with-host')!)
  assert.is.not(one!.fingerprint, other!.fingerprint)
  const reports = {
    text: textReport(review([one!]), { colour: false }),
    markdown: markdownReport(review([one!])).replaceAll('<!-- -->', ''),
    annotations: annotationsReport(review([one!])).replaceAll('%3A', ':'),
    html: htmlReport(review([one!])),
  }
  for (const [name, report] of Object.entries(reports)) assert.match(report, `${long}1`, name)
})

test('values that differ behind the cut are shown where they differ', () => {
  const pattern = (end: string) =>
    responding(object({ a: { ...text, pattern: `^${'x'.repeat(200)}${end}$` } }))
  const [change] = compare(pattern('safe'), pattern('open')).changes
  assert.match(change!.message.en, 'safe')
  assert.match(change!.message.en, 'open')
  assert.ok(change!.message.en.length < 260)
  const [other] = compare(pattern('safe'), pattern('else')).changes
  assert.is.not(change!.fingerprint, other!.fingerprint)
})

test.run()
