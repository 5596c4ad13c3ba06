#!/usr/bin/env node
import { exitCodes } from './commands/exit-codes.ts'
import { runCommand } from './commands/main.ts'

// A reader that closes the pipe early, such as head, is no fault.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' ? exitCodes.fine : exitCodes.input),
)
process.on('uncaughtException', (error) => {
  console.error(error)
  process.exit(exitCodes.fault)
})

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())

process.exitCode = await runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupted.signal,
})
