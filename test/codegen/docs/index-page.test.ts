import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pageOf, readIndex } from '../../../codegen/docs/index-page.ts'
import { processorTime } from '../../support/processor-time.ts'

const index = readIndex(`---
title: 概览
---

| 业务标签 | 直连商户模式 | 合作伙伴模式
| --- | --- | ---
| 写信 {data-protocol=v3 rowspan=4} | [写](/openapi/v3/letters#post) {colspan=2}
| [查](/openapi/v3/letters#get) | [代查](/openapi/v3/partner/letters)
| | [代撕](/openapi/v3/partner/letters/tear)
| [封](/openapi/v3/seal/) :eye: | [封](/openapi/v3/seal/)
| 寄信 {rowspan=1 data-protocol=v3} | | [~~代寄~~](/openapi/v3/partner/mail.md) :no_entry_sign:
`)

test('an operation has the group above it, and the mode of its column', () => {
  const found = [...index].map(([key, { group, mode }]) => `${key} ${group} ${mode}`)
  assert.equal(found, [
    'openapi/v3/letters.md#post 写信 both',
    'openapi/v3/letters.md#get 写信 direct',
    'openapi/v3/partner/letters.md 写信 partner',
    'openapi/v3/partner/letters/tear.md 写信 partner',
    'openapi/v3/seal/index.md 写信 both',
    'openapi/v3/partner/mail.md 寄信 partner',
  ])
})

test('an entry knows its place', () => {
  const { line, column } = index.get('openapi/v3/partner/letters.md')!
  assert.equal([line, column], [8, 34])
})

test('links lead to pages with or without an ending and a fragment', () => {
  assert.is(pageOf('/openapi/v3/a#post'), 'openapi/v3/a.md#post')
  assert.is(pageOf('/openapi/v3/a.html'), 'openapi/v3/a.md')
  assert.is(pageOf('/openapi/v3/a/'), 'openapi/v3/a/index.md')
})

test('a page of nothing but brackets is read in no time', () => {
  const spent = processorTime()
  for (const part of ['](/', '{', '| ', '[a](/b', 'rowspan={'])
    readIndex(`|${part.repeat(8000)}\n`.repeat(10))
  assert.ok(spent() < 1000)
})

test.run()
