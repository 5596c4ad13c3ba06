import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommand } from '../../codegen/commands/main.ts'
import { readCode, root } from './support/documents.ts'

/** Every command that the documents print is there, and so are its options where it is one of this project. */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
let usage = ''
const write = (text: string) => {
  usage += text
}
await runCommand(['--help'], { stdout: { write }, stderr: { write } })

/** Says what is wrong with a command; nothing when it is right. */
function problem(command: string): string | undefined {
  const words = command.replace(/^(?:\w+=\S+ )+/, '').split(/\s+/)
  const [program, name = '', ...rest] = words
  if (program === '.ci/run') return existsSync(join(root, program)) ? undefined : 'no such file'
  if (program === 'npm') {
    if (['ci', 'version', 'publish'].includes(name)) return undefined
    const script = name === 'run' ? rest[0]! : name
    if (!Object.hasOwn(scripts, script)) return `package.json has no script ${script}`
    const [, own] = /codegen\/cli\.ts (\w+)/.exec(scripts[script]) ?? []
    return own && unknownOption(own, rest)
  }
  if (program === 'npx' && usage.startsWith(`${name} `)) return unknownOption(rest[0] ?? '', rest)
  if (program === 'npx') {
    return existsSync(join(root, 'node_modules/.bin', name)) ? undefined : `${name} is not installed`
  }
  return 'a program that this test does not know'
}

function unknownOption(command: string, words: readonly string[]): string | undefined {
  const [, section] = new RegExp(`^  ${command} (.+?)\n\n`, 'ms').exec(usage) ?? []
  if (section === undefined) return `there is no command ${command}`
  const options = new Set(section.match(/--[\w-]+/g))
  const unknown = words.find((word) => /^--\w/.test(word) && !options.has(word))
  return unknown && `${command} has no option ${unknown}`
}

const { blocks, spans } = readCode()
const printed = [
  ...blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ document, line, code }) =>
      code.split('\n').map((text, index) => ({ document, line: line + index, code: text })),
    ),
  ...spans.filter(({ code }) => /^(?:npm|npx|\.ci\/) ?/.test(code)),
]
const commands = printed.flatMap(({ document, line, code }) =>
  code
    .replace(/(?:^|\s)#.*/, '')
    .split('&&')
    .map((command) => ({ at: `${document}:${line}`, command: command.trim() }))
    .filter(({ command }) => command !== ''),
)

test('the commands that the documents print exist', () => {
  assert.ok(commands.length > 20)
  const wrong = commands.flatMap(({ at, command }) => {
    const reason = problem(command)
    return reason ? `${at} ${command}: ${reason}` : []
  })
  assert.equal(wrong, [])
})

test('a command, a script or an option that is not there is found', () => {
  assert.match(problem('npm run tests')!, 'no script tests')
  assert.match(problem('DOCS=docs npm run check -- --docs docs --drifts')!, 'no option --drifts')
  assert.match(problem('npx wechatpay-fetch-codegen compile --docs docs')!, 'no command compile')
  assert.match(problem('npx wechatpay generate')!, 'not installed')
  assert.is(problem('npm run diff -- main.. --fail-on warning --judgement types'), undefined)
})

test.run()
