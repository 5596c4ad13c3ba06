import type { Check, Outcome } from './check.ts'
import { answers } from './checks/answers.ts'
import { calls } from './checks/calls.ts'
import { fields } from './checks/fields.ts'
import { files } from './checks/files.ts'
import { limits } from './checks/limits.ts'
import { notifications } from './checks/notifications.ts'
import type { Input, Report } from './input.ts'

const checks: readonly Check[] = [...calls, ...answers, ...fields, ...files, ...notifications, ...limits]

/** In milliseconds. A check whose abort or timeout does not work ends by it, as the server never answers. */
const limit = 30_000

/**
 * Runs every check, one after the other, and reports each as it ends. It uses Web APIs and the package's public entries
 * alone, so it is the same program in each runtime.
 */
export async function run(input: Input): Promise<void> {
  const { runtime } = input
  await send(input, { runtime, names: checks.map(({ name }) => name) })
  for (const { name, run } of checks) {
    const since = Date.now()
    const outcome = await within(limit, run(input)).catch((reason) => ({ failure: told(reason) }))
    await send(input, { runtime, name, ...outcome, ms: Date.now() - since })
  }
}

async function send({ reports }: Input, report: Report): Promise<void> {
  await fetch(reports, { method: 'POST', body: JSON.stringify(report) })
}

function within(ms: number, running: Promise<unknown>): Promise<Outcome | undefined> {
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms)
  })
  return Promise.race([running as Promise<Outcome | undefined>, late]).finally(() => clearTimeout(timer))
}

function told(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason)
  const { name, message, cause } = reason
  const under = cause instanceof Error ? `\n  caused by ${told(cause)}` : ''
  const details = (reason as { details?: unknown }).details
  const [, where = ''] = reason.stack?.slice(reason.stack.indexOf(message) + message.length).split('\n') ?? []
  return `${name}: ${message}${typeof details === 'string' ? `\n${details}` : ''} ${where.trim()}${under}`
}
