import { rmSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { appFolder } from './support/app-folder.ts'
import { checkPrograms } from './support/check-programs.ts'
import { type CodeBlock, readCode } from './support/documents.ts'
import { isTypeScript, type Program, programsOf } from './support/programs.ts'
import { runProgram, writePrograms, writeTypes } from './support/run-programs.ts'

/**
 * Every TypeScript sample of the documents, as it is printed: it compiles in the project of a strict app, and it runs
 * against a local WeChat Pay over a socket, with real signatures.
 */
const { blocks } = readCode()
const samples = blocks.filter(isTypeScript)
const programs = programsOf(blocks)
const folder = appFolder()
const at = ({ document, line }: { document: string; line: number }) => `${document}:${line}`

// Mistakes that must be found, or the tests below prove nothing.
const mistake = (line: number, code: string): Program => {
  const sample: CodeBlock = { document: `mistakes/${line}.md`, line, language: 'ts', code }
  return programsOf([sample])[0]!
}
const [first] = programs
const undefinedKeys = mistake(1, first!.text.replaceAll(/(process\.env\.\w+)!/g, '$1'))
const mistakes = {
  elsewhere: mistake(3, "const url: string = 'https://example.com/'\n\nawait fetch(url)\n"),
  refused: mistake(5, first!.text.replace('total: 100', "total: '100'").replace(/^if \(error\).*/ms, '')),
  lost: mistake(11, "const call = async () => {\n  await client.GET('/v3/certificates')\n}\n"),
}

writePrograms(folder, [...programs, ...Object.values(mistakes)])
test.after(() => rmSync(folder, { recursive: true, force: true }))

// They run side by side, before the compiler takes the thread for itself.
const [runs] = await Promise.all([
  Promise.allSettled(programs.map((program) => runProgram(folder, program))),
  writeTypes(folder, blocks),
])
const problems = checkPrograms(folder, [...programs, undefinedKeys])

test('a code block is TypeScript, shell, or has no language', () => {
  assert.ok(samples.length > 0)
  // What is `mts` needs something beside it, such as a proxy: a test of its own runs it there.
  const others = blocks.filter((block) => !isTypeScript(block) && !['sh', 'mts', ''].includes(block.language))
  assert.equal(others.map(at), [])
})

for (const sample of samples) {
  test(`${at(sample)} compiles`, () => {
    const last = sample.line + sample.code.split('\n').length
    const own = problems.filter(
      ({ document, line }) => document === sample.document && line >= sample.line && line < last,
    )
    assert.equal(
      own.map((problem) => `${at(problem)} ${problem.message}`),
      [],
    )
  })
}

for (const [index, program] of programs.entries()) {
  test(`${program.samples.map(at).join(', ')}: runs`, () => {
    const run = runs[index]!
    if (run.status === 'rejected') throw run.reason
  })
}

test('a key that may be undefined does not compile, without the DOM either', () => {
  const { document, text } = undefinedKeys
  const expected = text
    .split('\n')
    .flatMap((line, number) => (line.includes('process.env') ? number + 1 : []))
  const own = problems.filter((problem) => problem.document === document)
  assert.ok(expected.length > 0)
  assert.equal(
    own.map(({ line, message }) => [line, message.split(' ')[0]]),
    expected.map((line) => [line, 'TS2322']),
  )
})

test('what fails when it runs is reported with its line', async () => {
  const [elsewhere, refused, lost] = await Promise.all(Object.values(mistakes).map(failure))
  assert.match(elsewhere!, 'a sample calls https://example.com/')
  assert.match(elsewhere!, 'mistakes/3.md:5:')
  assert.match(refused!, /^mistakes\/5\.md:5: WeChat Pay refuses a request\n.* 400$/m)
  assert.match(lost!, /^mistakes\/11\.md:11: 1 calls are printed, and 0 requests came/)
})

function failure(program: Program): Promise<string> {
  return runProgram(folder, program).then(
    () => '',
    (error: Error) => error.message,
  )
}

test.run()
