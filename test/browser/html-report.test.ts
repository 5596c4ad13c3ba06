import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change } from '../../codegen/diff/compare/change.ts'
import { htmlReport } from '../../codegen/diff/report/html-report.ts'
import type { Review } from '../../codegen/diff/review/review.ts'
import {
  change,
  help,
  hostile,
  hostileReview,
  jsapi,
  largeReview,
  review,
} from '../codegen/diff/report/support/reviews.ts'
import { launch } from './chromium.ts'

// The HTML report in a real browser: `npm run test:browser`.
// Launched here, because uvu does not report an error of a hook.
const browser = await launch()

const test = suite<{ browser: Browser; folder: string }>('the HTML of a review')

const desktop = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const thousand = largeReview(1000)
const large = htmlReport(thousand)
const matching = (test: (one: Change) => boolean) => thousand.changes.filter(test).length

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  context.browser = browser
})

test.after(async ({ folder }) => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens a page, and asserts at the end that it loaded nothing else and reported no error. */
async function opened(
  { browser, folder }: { browser: Browser; folder: string },
  html: string,
  look: (page: Page) => Promise<void>,
  { hash = '#lang=en', ...options }: BrowserContextOptions & { hash?: string } = {},
): Promise<void> {
  const file = join(folder, 'review.html')
  writeFileSync(file, html)
  const page = await browser.newPage({ ...desktop, ...options })
  const errors: string[] = []
  const requests = new Set<string>()
  page.on('console', (message) => errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('dialog', (dialog) => errors.push(dialog.message()))
  page.on('request', (request) => requests.add(request.url().replace(/#.*/, '')))
  await page.goto(pathToFileURL(file).href + hash)
  await look(page)
  assert.equal(errors, [])
  assert.is(requests.size, 1, [...requests].join(' '))
  await page.close()
}

const count = (page: Page) => page.locator('#count').textContent()

test('1,000 changes: interactive within a second', async (context) => {
  await opened(context, large, async (page) => {
    const ready = await page.evaluate(() => Number(document.documentElement.dataset['ready']))
    const search = await page.evaluate(() => {
      const from = performance.now()
      const input = document.querySelector<HTMLInputElement>('#search')!
      input.value = 'property_77'
      input.dispatchEvent(new Event('input'))
      // Include the layout.
      document.body.getBoundingClientRect()
      return performance.now() - from
    })
    console.log(
      `\n${Buffer.byteLength(large)} bytes, interactive after ${ready} ms, a search takes ${Math.round(search)} ms`,
    )
    assert.ok(ready > 0 && ready < 1000, `${ready} ms`)
    assert.ok(search < 300, `${search} ms`)
    assert.is(await count(page), '11 of 1,000 changes')
  })
})

test('filters by level, judgement, domain and text, alone and together', async (context) => {
  await opened(context, large, async (page) => {
    assert.is(await count(page), '1,000 changes')
    await page.click('#lens-wire-breaking')
    const wire = matching((one) => one.wire === 'breaking')
    assert.is(await count(page), `${wire} of 1,000 changes`)
    await page.click('#judge-types')
    const types = matching((one) => one.types === 'breaking')
    assert.is(await count(page), `${types} of 1,000 changes`)
    await page.click('#level-breaking')
    assert.is(await count(page), '1,000 changes')
    await page.click('#level-info')
    const affected = (one: Change) => one.types !== 'info'
    assert.is(await count(page), `${matching(affected)} of 1,000 changes`)
    await page.click('#domains [data-domain="domain-05"]')
    const here = (one: Change) => affected(one) && one.subject.domain === 'domain-05'
    assert.is(await count(page), `${matching(here)} of 1,000 changes`)
    await page.fill('#search', 'records-1')
    const both = matching((one) => here(one) && one.subject.operation!.includes('records-1'))
    assert.is(await count(page), `${both} of 1,000 changes`)
    assert.is(await page.locator('#list .change').count(), both)
    await page.fill('#search', 'nothing of the kind')
    assert.match((await page.locator('#list').textContent())!, /No changes match/)
    await page.click('#list .none button')
    assert.is(await count(page), '1,000 changes')
  })
})

test('the view is kept in the address and restored from it', async (context) => {
  const hash = '#lang=zh&judge=wire&level=breaking&domain=domain-00&q=assign'
  await opened(
    context,
    large,
    async (page) => {
      const own = matching((one) => one.wire === 'breaking' && one.subject.domain === 'domain-00')
      assert.is(await count(page), `1,000 处变更中的 ${own} 处`)
      assert.is(await page.inputValue('#search'), 'assign')
      await page.fill('#search', '')
      assert.not.match(page.url(), /q=/)
      assert.match(page.url(), /judge=wire&level=breaking&domain=domain-00/)
    },
    { hash },
  )
})

test('scrolling down shows all changes', async (context) => {
  await opened(context, large, async (page) => {
    const first = await page.locator('#list .change').count()
    assert.ok(first < 200, `${first}`)
    for (let n = 0; n < 60 && (await page.locator('#list .change').count()) < 1000; n++) {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
      await page.waitForTimeout(50)
    }
    assert.is(await page.locator('#list .change').count(), 1000)
  })
})

test('an opened change shows both sides, the part that differs, why and what to do', async (context) => {
  await opened(context, htmlReport(largeReview(80)), async (page) => {
    const card = page.locator('#list .change').first()
    assert.is(await card.locator('.diff').count(), 0)
    await card.locator('summary').click()
    assert.is(await card.locator('del mark').textContent(), 'string')
    assert.is(await card.locator('ins mark').textContent(), 'integer')
    assert.match((await card.locator('.facts').textContent())!, /Why.*refuses the call.*What to do.*Send it/)
    const [before, after] = await Promise.all(['del', 'ins'].map((name) => card.locator(name).boundingBox()))
    assert.ok(before!.x + before!.width <= after!.x + 1 && before!.y === after!.y, 'side by side')
  })
})

test('the language can be switched and is kept', async (context) => {
  await opened(context, htmlReport(largeReview(8)), async (page) => {
    await page.click('.languages button[lang=zh]')
    assert.is(await page.locator('h1').textContent(), '8 处变更，其中 5 处不兼容')
    assert.is(await page.getAttribute('html', 'lang'), 'zh-CN')
    assert.match((await page.locator('#list').textContent())!, /变为必填/)
    assert.not.match(
      (await page.locator('body').innerText()).replace(/English|wechatpay/g, ''),
      /breaking|Deployed|became required|What to do/,
    )
    await page.reload()
    assert.match((await page.locator('h1').textContent())!, /不兼容/)
  })
})

test('search, filter and open with only the keyboard', async (context) => {
  await opened(context, htmlReport(largeReview(80)), async (page) => {
    await page.keyboard.press('/')
    await page.keyboard.type('property_7')
    assert.is(await count(page), '11 of 80 changes')
    await page.keyboard.press('Escape')
    assert.is(await count(page), '80 changes')
    for (let n = 0; n < 200; n++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(() => document.activeElement?.matches('.change > summary'))) break
    }
    await page.keyboard.press('Enter')
    assert.is(await page.locator('.change[open]').count(), 1)
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)
    assert.is(outline, 'solid')
  })
})

test('a link to a change opens it, even far down', async (context) => {
  await opened(
    context,
    large,
    async (page) => {
      const card = page.locator(`#c-${(0x1000000000000000n + 777n).toString(16)}`)
      assert.ok(await card.evaluate((element: HTMLDetailsElement) => element.open))
      const box = await card.boundingBox()
      assert.ok(box!.y > 0 && box!.y < 900, `${box!.y}`)
    },
    { hash: `#change=${(0x1000000000000000n + 777n).toString(16)}` },
  )
})

test('on a phone, nothing is wider than the screen, and one side is below the other', async (context) => {
  for (const html of [htmlReport(largeReview(8)), htmlReport(hostileReview())]) {
    await opened(
      context,
      html,
      async (page) => {
        await page.click('#open-all')
        assert.is(await page.evaluate(() => document.documentElement.scrollWidth), 390)
      },
      phone,
    )
  }
  await opened(
    context,
    htmlReport(largeReview(8)),
    async (page) => {
      const card = page.locator('#list .change').first()
      const [before, after] = await Promise.all(
        ['del', 'ins'].map((name) => card.locator(name).boundingBox()),
      )
      assert.ok(before!.y + before!.height <= after!.y + 1, 'one below the other')
      await page.selectOption('#domain', { index: 1 })
      assert.is(await count(page), '1 of 8 changes')
    },
    phone,
  )
})

test('dark if the browser prefers dark', async (context) => {
  await opened(
    context,
    large,
    async (page) => {
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      assert.is(colour, 'rgb(20, 22, 25)')
    },
    { colorScheme: 'dark' },
  )
})

test('hostile text stays text', async (context) => {
  await opened(context, htmlReport(hostileReview()), async (page) => {
    await page.click('#open-all')
    await page.click('.accepted > summary')
    for (const summary of await page.locator('.accepted .change > summary').all()) await summary.click()
    assert.not.match(await page.title(), /^owned/)
    assert.is(await page.locator('img, iframe, script:not(#data):not(body > script)').count(), 0)
    const addresses = await page.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    for (const address of addresses) assert.match(address!, /^#/)
    const text = await page.locator('body').innerText()
    for (const part of ['<img src=x onerror=', 'evil \\u202egnp.exe', '</script><script>']) {
      assert.ok(text.includes(part), part)
    }
    assert.ok(text.includes(hostile[4]!))
  })
})

test('suspicions come first and lead to the changes that they explain', async (context) => {
  const changes = [change(), change({ n: 1 })]
  const suspected: Review = review(changes, {
    suspicions: [
      {
        rule: 'table-vanished',
        subject: jsapi,
        location: ['body'],
        message: { en: 'the table vanished', zh: '表格消失' },
        explains: [changes[1]!.fingerprint],
      },
    ],
    rules: help,
  })
  await opened(context, htmlReport(suspected), async (page) => {
    const [first, list] = await Promise.all(
      ['#suspicions', '#list'].map((id) => page.locator(id).boundingBox()),
    )
    assert.ok(first!.y < list!.y)
    await page.click('#suspicions button')
    assert.is(await count(page), '1 of 2 changes')
  })
})

test('without changes: accepted changes and stale entries', async (context) => {
  const quiet = review([], {
    accepted: [{ change: change(), reason: 'announced in May' }],
    stale: [{ fingerprint: 'abc', rule: 'api-removed', reason: 'gone' }],
  })
  await opened(context, htmlReport(quiet), async (page) => {
    assert.is(await page.locator('h1').textContent(), 'No changes')
    assert.match(
      (await page.locator('#rest').textContent())!,
      /1 accepted entry no longer matches a change.*abc/,
    )
    await page.click('.accepted > summary')
    await page.click('.accepted .change > summary')
    assert.match((await page.locator('.accepted .facts').textContent())!, /announced in May/)
  })
})

test.run()
