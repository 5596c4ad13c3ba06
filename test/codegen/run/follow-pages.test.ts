import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Documentation } from '../../../codegen/docs/read.ts'
import { followPages } from '../../../codegen/run/follow-pages.ts'
import { PageMemory } from '../../../codegen/run/memory.ts'
import { page } from '../support/page.ts'

/** How long a test waits for a change before it fails. */
const limit = 20_000

const test = suite<{ folder: string }>('following pages')

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

function save(folder: string, path: string, title: string, at = path): void {
  const file = join(folder, at)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, page({ title, path: `v3/${path.replace(/\.md$/, '')}` }))
}

// As editors do: to a file beside it, which then takes its name.
function saveByRename(folder: string, path: string, title: string): void {
  save(folder, path, title, `${path}.part`)
  renameSync(join(folder, `${path}.part`), join(folder, path))
}

function titles({ pages }: Documentation): string {
  return pages.flatMap(({ operations }) => operations.map(({ title }) => title)).join()
}

interface Following {
  /** Waits until the last reading has these titles. */
  until(expected: string): Promise<void>
}

// Follows a folder while `during` runs. `meanwhile` runs within each call of `onPages`.
async function following(
  docs: string,
  during: (following: Following) => Promise<void>,
  meanwhile?: (titles: string) => void | Promise<void>,
): Promise<void> {
  const controller = new AbortController()
  let last = ''
  let wake = () => {}
  const done = followPages({
    docs,
    pages: new PageMemory(),
    signal: controller.signal,
    onPages: async (documentation) => {
      const seen = titles(documentation)
      await meanwhile?.(seen)
      last = seen
      wake()
    },
  })
  const until = async (expected: string) => {
    const end = performance.now() + limit
    while (last !== expected) {
      const left = end - performance.now()
      assert.ok(left > 0, `"${expected}" was not read within ${limit} ms, the last is "${last}"`)
      await Promise.race([
        new Promise<void>((resolve) => (wake = resolve)),
        done,
        sleep(left, null, { ref: false }),
      ])
    }
  }
  try {
    await during({ until })
  } finally {
    controller.abort()
    await done
  }
}

// Threads that keep all processors busy.
async function underLoad(work: () => Promise<unknown>): Promise<void> {
  const threads = Array.from({ length: 3 }, () => new Worker('for (;;);', { eval: true }))
  try {
    await work()
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}

// 200 times, 20 side by side.
async function twoHundredTimes(work: (lane: number, round: number) => Promise<void>): Promise<void> {
  const lane = async (number: number) => {
    for (let round = 0; round < 10; round++) await work(number, round)
  }
  await Promise.all(Array.from({ length: 20 }, (_, number) => lane(number)))
}

test('a save during the first compile is compiled, 200 times under load', async ({ folder }) => {
  await underLoad(() =>
    twoHundredTimes(async (lane, round) => {
      const docs = join(folder, `${lane}-${round}`)
      save(docs, 'pens.md', 'old')
      let first = true
      const compile = async () => {
        if (!first) return
        first = false
        await sleep(round)
        save(docs, 'pens.md', 'new')
        await sleep(lane)
      }
      await following(docs, ({ until }) => until('new'), compile)
    }),
  )
})

test('of two saves 5 ms apart the last is compiled, 200 times under load', async ({ folder }) => {
  await underLoad(() =>
    Promise.all(
      Array.from({ length: 20 }, async (_, lane) => {
        const docs = join(folder, `${lane}`)
        save(docs, 'pens.md', 'start')
        await following(docs, async ({ until }) => {
          await until('start')
          for (let round = 0; round < 10; round++) {
            // Of the same length, and often within one tick of the file system's clock.
            save(docs, 'pens.md', `${round}a`)
            await sleep(5)
            save(docs, 'pens.md', `${round}b`)
            await until(`${round}b`)
          }
        })
      }),
    ),
  )
})

const changes: [name: string, change: (docs: string) => void, expected: string][] = [
  ['a page is replaced by rename', (docs) => saveByRename(docs, 'pens.md', 'new'), 'blue,new'],
  [
    'a page is deleted and created again',
    (docs) => {
      rmSync(join(docs, 'pens.md'))
      save(docs, 'pens.md', 'new')
    },
    'blue,new',
  ],
  [
    'a folder is deleted and created again',
    (docs) => {
      rmSync(join(docs, 'inks'), { recursive: true })
      save(docs, 'inks/blue.md', 'navy')
    },
    'navy,old',
  ],
  ['a page is added in a new folder', (docs) => save(docs, 'caps/red/small.md', 'red'), 'red,blue,old'],
  ['a page is removed', (docs) => rmSync(join(docs, 'pens.md')), 'blue'],
  ['a folder is removed', (docs) => rmSync(join(docs, 'inks'), { recursive: true }), 'old'],
  [
    'a folder is renamed, and then a page in it changes',
    (docs) => {
      renameSync(join(docs, 'inks'), join(docs, 'caps'))
      save(docs, 'caps/blue.md', 'navy')
    },
    'navy,old',
  ],
]

for (const [name, change, expected] of changes) {
  test(name, async ({ folder }) => {
    save(folder, 'inks/blue.md', 'blue')
    save(folder, 'pens.md', 'old')
    await following(folder, async ({ until }) => {
      await until('blue,old')
      change(folder)
      await until(expected)
    })
  })
}

test('a folder that was deleted and created again is followed further', async ({ folder }) => {
  save(folder, 'inks/blue.md', '0')
  await following(folder, async ({ until }) => {
    await until('0')
    for (let round = 1; round <= 10; round++) {
      rmSync(join(folder, 'inks'), { recursive: true })
      save(folder, 'inks/blue.md', `${round}a`)
      await until(`${round}a`)
      save(folder, 'inks/blue.md', `${round}b`)
      await until(`${round}b`)
    }
  })
})

test('a single page is followed, however it is saved', async ({ folder }) => {
  save(folder, 'pens.md', 'old')
  await following(join(folder, 'pens.md'), async ({ until }) => {
    await until('old')
    saveByRename(folder, 'pens.md', 'new')
    await until('new')
    save(folder, 'pens.md', 'newer')
    await until('newer')
  })
})

test('a documentation folder that does not exist yet is followed once it does', async ({ folder }) => {
  const docs = join(folder, 'checkout/docs')
  await following(docs, async ({ until }) => {
    await until('')
    save(docs, 'pens.md', 'new')
    await until('new')
    rmSync(docs, { recursive: true })
    await until('')
    save(docs, 'pens.md', 'newer')
    await until('newer')
  })
})

test('files that are no pages, and saves without a change, call for nothing', async ({ folder }) => {
  save(folder, 'pens.md', 'old')
  let calls = 0
  await following(
    folder,
    async ({ until }) => {
      await until('old')
      save(folder, 'pens.md', 'old')
      writeFileSync(join(folder, 'notes.txt'), 'anything')
      await sleep(100)
      save(folder, 'pens.md', 'new')
      await until('new')
    },
    () => {
      calls++
    },
  )
  assert.is(calls, 2)
})

test('what a call throws ends it', async ({ folder }) => {
  save(folder, 'pens.md', 'old')
  const onPages = async () => {
    throw new Error('the disk is full')
  }
  const failed = await followPages({ docs: folder, pages: new PageMemory(), onPages }).then(
    () => undefined,
    (error: Error) => error,
  )
  assert.is(failed?.message, 'the disk is full')
})

test.run()
