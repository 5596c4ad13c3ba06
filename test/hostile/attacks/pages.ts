import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { generate } from '../../../codegen/run/generate.ts'
import { recover } from '../../../codegen/run/transaction.ts'
import { changedPage, file } from '../../codegen/support/changed-page.ts'
import { withFolder } from '../../codegen/support/folder.ts'
import { page } from '../../codegen/support/page.ts'
import { check, checkCode, hostile, make, makeOf } from '../../codegen/support/saying-pages.ts'
import { type Attack, attack } from '../attack.ts'

const on = 'pages'
const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Each writes to the output folder only, or nothing. */
const leading: Record<string, string> = {
  'v3/../../outside': 'docs/a..md',
  'v3/a..%2f..%2foutside': 'docs/b.md',
  'v3/{x}/outside': 'docs/c.md',
  'v3/client.ts/outside': 'docs/d.md',
  'v3/__proto__/a': 'docs/e.md',
}

/** Kills `generate` as soon as it has begun to write, or some time later. */
async function killed(delay: number): Promise<void> {
  const domains = Array.from({ length: 12 }, (_, index) => `pens${index}x`)
  const pages = Object.fromEntries(
    domains.map((name) => [`docs/openapi/v3/${name}.md`, page({ path: `v3/${name}` })]),
  )
  await withFolder(pages, async (folder) => {
    const out = join(folder, 'out')
    mkdirSync(join(out, 'spec'), { recursive: true })
    for (const name of domains) writeFileSync(join(out, `spec/${name}.yaml`), 'old')
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        'codegen/cli.ts',
        'generate',
        '--docs',
        join(folder, 'docs'),
        '--out',
        out,
        '--no-cache',
      ],
      { cwd: root, stdio: 'ignore' },
    )
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    let ended = false
    gone.then(() => {
      ended = true
    })
    const limit = Date.now() + 30_000
    while (!ended && !existsSync(join(out, '.wechatpay-fetch')) && Date.now() < limit) await pause(1)
    await pause(delay)
    child.kill('SIGKILL')
    await gone
    recover(out)
    assert.not.ok(existsSync(join(out, '.wechatpay-fetch')))
    const old = domains.filter((name) => readFileSync(join(out, `spec/${name}.yaml`), 'utf8') === 'old')
    assert.ok(old.length === 0 || old.length === domains.length, `${old.length} of ${domains.length} are old`)
  })
}

let kills: readonly Promise<void>[] | undefined

/** Side by side, as starting a process takes a while. */
function allKilled(): readonly Promise<void>[] {
  kills ??= [0, 2].map(killed)
  for (const kill of kills) kill.catch(() => {})
  return kills
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** From pages to the generated code. */
export const attacks: Attack[] = [
  attack(on, 'code, markup and invisible characters in every text', hostile.slice(0, 4), async (text) =>
    check(await make(text), text),
  ),
  attack(on, 'changed pages, by the fuzzer', [1, 2, 3, 4], async (seed) => {
    const property = fc.asyncProperty(changedPage, file, async (text, name) =>
      checkCode(await makeOf({ [name]: text })),
    )
    await fc.assert(property, { seed, numRuns: 3 })
  }),
  attack(on, 'paths that lead out of the folder', Object.entries(leading), ([path, name]) => {
    const samples = `\`\`\`php [同步声明式]\n$instance->chain('${path}')->post([]);\n\`\`\``
    return withFolder({ [name]: page({ samples }) }, async (folder) => {
      const { findings } = await generate({ docs: join(folder, 'docs'), out: join(folder, 'out') })
      assert.ok(findings.some(({ severity }) => severity === 'error'))
      for (const name of readdirSync(folder)) assert.ok(['docs', 'out'].includes(name), name)
      const specs = join(folder, 'out/spec')
      assert.equal(existsSync(specs) ? readdirSync(specs) : [], [])
    })
  }),
  attack(on, 'generate killed while it writes', [0, 1], (index) => allKilled()[index]),
]
