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

/** Waits for the end of a child, and kills it when the signal fires. */
export function ended(child: ChildProcess, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const kill = () => {
      child.kill('SIGKILL')
      reject(signal.reason)
    }
    if (signal.aborted) kill()
    else signal.addEventListener('abort', kill, { once: true })
    child.once('error', reject)
    child.once('close', (code, killed) => {
      signal.removeEventListener('abort', kill)
      if (code === 0) resolve()
      else reject(new Error(`it ended with ${killed ?? `code ${code}`}`))
    })
  })
}
