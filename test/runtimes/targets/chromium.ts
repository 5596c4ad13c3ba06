import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { launch } from '../../browser/chromium.ts'
import { pagePath } from '../server/faults.ts'
import type { Target } from './target.ts'

/** The machine's Chromium. The program runs in a page of the sandbox's own origin, as a browser keeps to that. */
export const chromium: Target = {
  name: 'Chromium',
  gunzips: true,
  async run({ input, sandbox }, bundles, print, signal) {
    const launching = launch()
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    try {
      await Promise.race([launching.then(inPage), aborted])
    } finally {
      // A launch that failed has been reported already.
      launching.then((browser) => browser.close()).catch(() => {})
    }

    async function inPage(browser: Browser): Promise<void> {
      print(`Chromium ${browser.version()}\n`)
      const tab = await browser.newPage()
      tab.on('console', (message) => print(`${message.text()}\n`))
      await tab.goto(`${sandbox.url}${pagePath}`)
      await tab.addScriptTag({ content: readFileSync(bundles.script, 'utf8') })
      await tab.evaluate((given) => (globalThis as unknown as Loaded).program.run(given), input)
    }
  },
}

interface Loaded {
  program: { run(input: unknown): Promise<void> }
}
