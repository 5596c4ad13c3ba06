import { type ChildProcess, spawn } from 'node:child_process'

/**
 * Runs a program to its end, and kills it when the signal fires.
 *
 * @throws when it cannot be started, or ends with another code than 0; the message has the end of what it printed
 */
export async function command(
  file: string,
  args: readonly string[],
  { print, signal, env, cwd }: CommandOptions,
): Promise<void> {
  let tail = ''
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
    ...(cwd !== undefined && { cwd }),
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-2000)
      print?.(text)
    })
  }
  await ended(child, signal).catch((error: Error) => {
    throw new Error(`${error.message}${tail.trim() && `\n${tail.trim()}`}`)
  })
}

/** What a command is given beside its arguments. */
export interface CommandOptions {
  print?: (text: string) => void
  signal: AbortSignal
  env?: Record<string, string>
  cwd?: string
}

/**
 * Waits for the end of a child, and kills it when the signal fires or this process exits: it and what it started, as it
 * is `detached`.
 */
export function ended(child: ChildProcess, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const exit = () => kill(child)
    const abort = () => {
      exit()
      reject(signal.reason)
    }
    process.once('exit', exit)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    child.once('error', reject)
    child.once('close', (code, killed) => {
      signal.removeEventListener('abort', abort)
      process.removeListener('exit', exit)
      if (code === 0) resolve()
      else reject(new Error(`it ended with ${killed ?? `code ${code}`}`))
    })
  })
}

/** Kills a detached child and what it started. */
export function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
