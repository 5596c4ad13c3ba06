import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { DiffInputError } from '../../../../codegen/diff/read/input-error.ts'
import { loadSide, loadSides } from '../../../../codegen/diff/read/sides.ts'
import { withSourceLines } from '../../../../codegen/diff/read/source-lines.ts'
import type { Document } from '../../../../codegen/openapi/document.ts'
import { toYaml } from '../../../../codegen/spec/yaml.ts'
import { object, requesting } from '../support/spec.ts'

const root = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-sides-'))
const options = { cwd: root }
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    cwd: root,
    stdio: 'pipe',
  })
const document = (properties: Record<string, unknown>): Document => requesting(object(properties)).get('pay')!
const text = { type: 'string' }
const [first, second, third] = [{ a: text }, { a: text, b: text }, { a: text, b: text, c: text }].map(
  document,
)
const put = (name: string, content: string) => {
  mkdirSync(join(root, name, '..'), { recursive: true })
  writeFileSync(join(root, name), content)
}
const refused = async (spec: string, code: string, message: RegExp, more = {}) => {
  try {
    await loadSide(spec, { ...options, ...more })
    assert.unreachable(`${spec} was read`)
  } catch (error) {
    assert.instance(error, DiffInputError, String(error))
    assert.is((error as DiffInputError).code, code)
    assert.match((error as DiffInputError).message, message)
  }
}

test.before(() => {
  put('spec/pay.yaml', toYaml(first!))
  put('spec/bill.yaml', toYaml(document({ x: text })))
  put('spec/notes.yaml', 'no: document\n')
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'first')
  git('tag', 'v1.2.0')
  put('spec/pay.yaml', toYaml(second!))
  git('commit', '-q', '-am', 'second')
  put('spec/pay.yaml', toYaml(third!))
})
test.after(() => rmSync(root, { recursive: true }))

for (const spec of ['main', 'HEAD', 'HEAD:spec', 'HEAD:./spec', 'HEAD~0:spec/'])
  test(`${spec} gives the documents of a revision`, async () => {
    const { documents, sources } = await loadSide(spec, options)
    assert.equal([...documents.keys()], ['bill', 'pay'])
    assert.equal(documents.get('pay'), JSON.parse(JSON.stringify(second)))
    assert.match(sources.get('pay')!.file, /:spec\/pay\.yaml$/)
  })

test('HEAD~1:spec/pay.yaml and v1.2.0:spec/pay.yaml give one document', async () => {
  for (const spec of ['HEAD~1:spec/pay.yaml', 'v1.2.0:spec/pay.yaml'])
    assert.equal([...(await loadSide(spec, options)).documents.keys()], ['pay'])
})

test('v1.2.0.. compares that revision with the working tree, committed or not', async () => {
  for (const [before, after] of [
    ['v1.2.0..', undefined],
    ['v1.2.0', undefined],
    ['v1.2.0', 'spec'],
    ['v1.2.0', '.'],
  ] as const) {
    const sides = await loadSides(before, after, options)
    assert.equal([...sides.after.documents.keys()], ['pay'], 'equal documents are omitted')
    const { changes } = compare(sides.before.documents, sides.after.documents)
    assert.equal(
      changes.map(({ location }) => location.at(-1)),
      ['b', 'c'],
    )
  }
})

test('each change has its file and line', async () => {
  const sides = await loadSides('v1.2.0', 'spec', options)
  const compared = compare(sides.before.documents, sides.after.documents)
  const [change] = withSourceLines(compared, sides.before, sides.after).changes
  const [file, line] = change!.after!.place!.split(':')
  assert.is(file, 'spec/pay.yaml')
  assert.is(readFileSync(join(root, file!), 'utf8').split('\n')[Number(line) - 1]!.trim(), 'b:')
})

test('two files of different names, YAML and JSON, are the same domain', async () => {
  put('old.json', JSON.stringify(first, null, 2))
  put('new.yml', toYaml(second!))
  const sides = await loadSides('old.json', 'new.yml', options)
  const compared = compare(sides.before.documents, sides.after.documents)
  assert.equal(
    compared.changes.map(({ rule }) => rule),
    ['new-required-request-property'],
  )
  assert.match(
    withSourceLines(compared, sides.before, sides.after).changes[0]!.after!.place!,
    /^new\.yml:\d+$/,
  )
})

test('a folder of pages is compiled', async () => {
  put('docs/openapi/v3/pay.md', '# page')
  const compilePages = async (folder: string) => {
    assert.is(folder, join(root, 'docs'))
    return new Map([['pay', first!]])
  }
  const { documents } = await loadSide('docs', { ...options, compilePages })
  assert.is(documents.get('pay'), first)
  await refused('docs', 'ERR_DIFF_PAGES', /contains pages/)
})

test('input that does not exist is refused', async () => {
  await refused('nowhere.yaml', 'ERR_DIFF_MISSING', /nowhere\.yaml does not exist/)
  await refused('./nowhere', 'ERR_DIFF_MISSING', /does not exist/)
  await refused('nowhere', 'ERR_DIFF_REVISION', /is not a file, a folder or a revision/)
  await refused('v9.9.9:spec', 'ERR_DIFF_REVISION', /v9\.9\.9 is not a file/)
  await refused('main:nowhere', 'ERR_DIFF_PATH', /has no nowhere/)
  await refused('HEAD:docs', 'ERR_DIFF_PATH', /has no docs/)
})

test('a revision is never read as an option of git', async () => {
  await refused('--upload-pack=touch x', 'ERR_DIFF_REVISION', /begins with a dash/)
  await refused('-p:spec', 'ERR_DIFF_REVISION', /begins with a dash/)
  await refused('main:--help', 'ERR_DIFF_PATH', /has no --help/)
  await refused('$(touch x)', 'ERR_DIFF_REVISION', /or a revision/)
})

test('a revision outside a repository is refused', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-outside-'))
  try {
    await refused('main', 'ERR_DIFF_REPOSITORY', /is not in a git repository/, { cwd: outside })
  } finally {
    rmSync(outside, { recursive: true })
  }
})

test('malformed input is reported with its line', async () => {
  for (const [name, content, code, message] of [
    ['bad.yaml', 'openapi: 3.1.0\npaths: {\n  a: [\n', 'ERR_DIFF_SYNTAX', /bad\.yaml:\d+ is not valid YAML/],
    ['twice.yaml', 'openapi: 3.1.0\npaths: {}\npaths: {}\n', 'ERR_DIFF_SYNTAX', /twice\.yaml:3 .*duplicated/],
    ['bad.json', '{\n "openapi": "3.1.0",\n x', 'ERR_DIFF_SYNTAX', /bad\.json(:3)? is not valid JSON/],
    ['empty.yaml', '', 'ERR_DIFF_NOT_OPENAPI', /is not an OpenAPI 3 document/],
    ['list.yaml', '- 1', 'ERR_DIFF_NOT_OPENAPI', /is not an OpenAPI 3 document/],
    ['old.yaml', 'swagger: "2.0"', 'ERR_DIFF_NOT_OPENAPI', /is not an OpenAPI 3 document/],
    [
      'conflict.yaml',
      'openapi: 3.1.0\n<<<<<<< HEAD\npaths: {}\n=======\n>>>>>>> other\n',
      'ERR_DIFF_CONFLICT',
      /conflict\.yaml:2 has an unresolved merge conflict/,
    ],
    ['circle.yaml', 'openapi: 3.1.0\npaths: &a\n  x: *a\n', 'ERR_DIFF_TOO_DEEP', /form a circle/],
    ['bomb.yaml', bomb(), 'ERR_DIFF_TOO_LARGE', /more than 4000000 values/],
    [
      'deep.json',
      `{"openapi":"3.1.0","paths":${'['.repeat(3000)}${']'.repeat(3000)}}`,
      'ERR_DIFF_TOO_DEEP',
      /100 levels/,
    ],
    ['deeper.yaml', `openapi: 3.1.0\npaths: ${'['.repeat(30000)}`, 'ERR_DIFF_TOO_DEEP', /100 levels/],
  ] as const) {
    put(name, content)
    await refused(name, code, message)
  }
})

function bomb(): string {
  const lines = Array.from({ length: 9 }, (_, index) => {
    const item = index === 0 ? 'x' : `*a${index - 1}`
    return `a${index}: &a${index} [${Array(10).fill(item).join(', ')}]`
  })
  return `openapi: 3.1.0\n${lines.join('\n')}\n`
}

test('a huge file is refused before it is read', async () => {
  put('huge.yaml', 'openapi: 3.1.0\n')
  truncateSync(join(root, 'huge.yaml'), 65 * 1024 * 1024)
  await refused('huge.yaml', 'ERR_DIFF_TOO_LARGE', /huge\.yaml has 65 MiB, but the limit is 64/)
  rmSync(join(root, 'huge.yaml'))
})

test('an empty folder is refused', async () => {
  mkdirSync(join(root, 'void'))
  await refused('void', 'ERR_DIFF_EMPTY', /neither OpenAPI documents nor Markdown pages/)
})

test('a working tree with merge conflicts is refused', async () => {
  put('merging/pay.yaml', 'openapi: 3.1.0\n<<<<<<< HEAD\npaths: {}\n=======\n>>>>>>> x\n')
  await refused('merging', 'ERR_DIFF_CONFLICT', /merging\/pay\.yaml:2/)
})

test.run()
