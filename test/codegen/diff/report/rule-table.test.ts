import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { rulesMarkdown, rulesText } from '../../../../codegen/diff/report/rule-table.ts'
import { rules } from '../../../../codegen/diff/rules/all-rules.ts'

const file = new URL('../../../../docs/diff-rules.md', import.meta.url)

test('docs/diff-rules.md is up to date; UPDATE=1 rewrites it', () => {
  if (process.env['UPDATE']) writeFileSync(file, rulesMarkdown())
  assert.ok(readFileSync(file, 'utf8') === rulesMarkdown(), 'run the tests with UPDATE=1')
})

test('a terminal gets one line per rule, in either language', () => {
  for (const language of ['en', 'zh'] as const) {
    const lines = rulesText(language).trim().split('\n')
    assert.is(lines.length, rules.length + 1)
    rules.forEach(({ id, sentence }, index) => {
      assert.ok(lines[index + 1]!.startsWith(id))
      assert.ok(lines[index + 1]!.endsWith(sentence[language]))
    })
  }
})

test.run()
