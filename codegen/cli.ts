#!/usr/bin/env node

// A reader that closes the pipe early, such as head, is no fault.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 3))

const libraries =
  '@redocly/openapi-core ajv ajv-formats chokidar handlebars jsonpath-rfc9535 markdown-it markdown-it-attrs openapi-typescript php-parser picocolors typescript@5 yaml'

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())

try {
  const { runCommand } = await import('./command-line.ts')
  process.exitCode = await runCommand(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: interrupted.signal,
  })
} catch (error) {
  // An app installs the runtime alone; whoever generates adds the compiler's libraries, which are optional peers.
  const { code, message } = error as NodeJS.ErrnoException
  const missing = /Cannot find package '([^']+)'/.exec(message)?.[1]
  if (code !== 'ERR_MODULE_NOT_FOUND' || missing === undefined) throw error
  process.stderr.write(
    `wechatpay-fetch needs ${missing} for its commands. Install what they use:\n  npm install --save-dev ${libraries}\n`,
  )
  process.exit(2)
}
