import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type WatchedRun, watch } from '../../../codegen/run/watch.ts'

const examples = fileURLToPath(new URL('../../../examples/docs', import.meta.url))
const assign = 'openapi/v3/smartguide/guides/{guide_id}/assign.md'

const test = suite<{ folder: string }>('generate --watch')

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  cpSync(examples, join(context.folder, 'docs'), { recursive: true })
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

/** How long a test waits for a run before it fails. */
const limit = 20_000

async function watching(folder: string, during: (next: () => Promise<WatchedRun>) => Promise<void>) {
  const runs: WatchedRun[] = []
  const controller = new AbortController()
  let wake = () => {}
  const done = watch({
    docs: join(folder, 'docs'),
    out: join(folder, 'out'),
    signal: controller.signal,
    onRun: (run) => {
      runs.push(run)
      wake()
    },
  })
  const next = async () => {
    const timeout = sleep(limit, undefined, { ref: false })
    if (runs.length === 0)
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), done, timeout])
    assert.ok(runs.length > 0, `nothing ran within ${limit} ms`)
    return runs.shift()!
  }
  try {
    await during(next)
  } finally {
    controller.abort()
    await done
  }
}

test('a saved page changes its domain alone, and says which files', async ({ folder }) => {
  await watching(folder, async (next) => {
    const first = await next()
    assert.equal(first.pages, [])
    assert.ok(first.result.changed.includes('spec/smartguide.yaml'))
    const page = join(folder, 'docs', assign)
    writeFileSync(page, readFileSync(page, 'utf8').replace('| 商户订单号', '| 商户的订单号'))
    const { pages, result } = await next()
    assert.equal(pages, [assign])
    assert.equal(result.changed, ['spec/smartguide.yaml', 'generated/smartguide/models.ts'])
    assert.match(readFileSync(join(folder, 'out/generated/smartguide/models.ts'), 'utf8'), /商户的订单号/)
  })
})

test('a page that breaks keeps its operation; mended, it is compiled again', async ({ folder }) => {
  await watching(folder, async (next) => {
    await next()
    const page = join(folder, 'docs', assign)
    const good = readFileSync(page, 'utf8')
    writeFileSync(page, '# nothing {#post}\n')
    const broken = await next()
    assert.is(broken.result.findings.find(({ severity }) => severity === 'error')?.file, assign)
    assert.equal(broken.result.changed, [])
    writeFileSync(page, good)
    const mended = await next()
    assert.equal(mended.result.findings, [])
    assert.equal(mended.result.changed, [])
  })
})

test('a page that is deleted takes its operation with it', async ({ folder }) => {
  await watching(folder, async (next) => {
    await next()
    rmSync(join(folder, 'docs', assign))
    const { result } = await next()
    assert.ok(result.changed.includes('spec/smartguide.yaml'))
    assert.not.match(readFileSync(join(folder, 'out/spec/smartguide.yaml'), 'utf8'), /assign/)
  })
})

test.run()
