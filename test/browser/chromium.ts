import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * Launches the installed Chromium, without any network traffic of its own.
 * @throws Error if there is none
 */
export function launch(): Promise<Browser> {
  const { CHROMIUM } = process.env
  const executablePath = CHROMIUM ?? paths.find((path) => existsSync(path))
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error(
      `no Chromium at ${[CHROMIUM, ...paths].filter(Boolean).join(', ')}: install it (apt-get install chromium), ` +
        'or set CHROMIUM to its path',
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
