import { execFile } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type CodeBlock, root } from './documents.ts'
import { inDocuments, type Program } from './programs.ts'
import { environment, paid, startWechatpay } from './wechatpay.ts'

const execute = promisify(execFile)
const child = fileURLToPath(new URL('./run-program.ts', import.meta.url))
const timeout = 50_000

/** Writes programs, and the files that they read, into the folder of an app. */
export function writePrograms(folder: string, programs: readonly Program[]): void {
  for (const { file, text } of programs) writeFileSync(join(folder, file), text)
  writeFileSync(join(folder, 'licence.png'), 'an image')
}

/** Makes the types that samples import, with the commands that the documents print for them. */
export async function writeTypes(folder: string, blocks: readonly CodeBlock[]): Promise<void> {
  symlinkSync(join(root, 'spec'), join(folder, 'spec'))
  const cli = join(root, 'node_modules/openapi-typescript/bin/cli.js')
  const lines = blocks.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n'))
  const commands = lines.filter((line) => line.startsWith('npx openapi-typescript '))
  for (const command of new Set(commands))
    await execute(process.execPath, [cli, ...command.split(' ').slice(2)], { cwd: folder, timeout })
}

/**
 * Runs a program in the folder of an app, against a WeChat Pay of its own. What receives notifications gets one.
 *
 * @returns the requests that it made: `POST /v3/pay/transactions/native 200`
 * @throws {Error} with the document and line of what failed; also when WeChat Pay refuses a request, or when fewer
 *   calls or notifications arrive than the text has
 */
export async function runProgram(folder: string, program: Program): Promise<string[]> {
  const domains = [...program.text.matchAll(/\bv3\/([\w-]+)/g)].map(([, domain]) => domain!)
  const wechatpay = await startWechatpay(domains)
  try {
    const args = [join(folder, program.file), wechatpay.url, JSON.stringify(await paid(wechatpay))]
    const { stdout } = await execute(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), child, ...args],
      { cwd: folder, timeout, env: { PATH: process.env['PATH'], ...environment } },
    ).catch((error) => {
      const { stderr, killed } = error as { stderr: string; killed: boolean }
      throw new Error(killed ? `it did not end within ${timeout} ms` : inDocuments(stderr, [program]))
    })
    const requests = wechatpay.requests.map(({ method, target, status }) => `${method} ${target} ${status}`)
    checkRun(program, requests, Number(stdout.trimEnd().split('\n').at(-1)))
    return requests
  } finally {
    await wechatpay.close()
  }
}

function checkRun({ samples, text }: Program, requests: readonly string[], accepted: number): void {
  const where = samples.map(({ document, line }) => `${document}:${line}`).join(', ')
  const fail = (problem: string) => {
    throw new Error(`${where}: ${problem}\n${requests.join('\n')}`)
  }
  if (requests.some((request) => !/ 2\d\d$/.test(request))) fail('WeChat Pay refuses a request')
  const calls =
    text.match(/await (?:[^\n]*\.(?:GET|POST|PUT|PATCH|DELETE|get|post)|download|settle<[^\n]*>)\(/g)
      ?.length ?? 0
  if (requests.length < calls) fail(`${calls} calls are printed, and ${requests.length} requests came`)
  const receivers = text.match(/^export default|\.listen\(/gm)?.length ?? 0
  if (accepted !== receivers) fail(`${accepted} of ${receivers} handlers got the notification`)
}
