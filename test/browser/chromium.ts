import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The machine's own Chromium, quiet: it asks nobody anything.
 * @throws where there is none, with what to do
 */
export function launch(): Promise<Browser> {
  const { CHROMIUM } = process.env
  const executablePath = CHROMIUM ?? places.find((place) => existsSync(place))
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error(
      `no Chromium at ${[CHROMIUM, ...places].filter(Boolean).join(', ')}: install it (apt-get install chromium), ` +
        'or name its program in the variable CHROMIUM',
    )
  }
  return chromium.launch({
    executablePath,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  })
}
