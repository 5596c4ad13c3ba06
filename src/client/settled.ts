import { WechatpayError } from '../errors.ts'
import { type Hooks, notify, type Progress, type SettledEvent } from '../hooks.ts'
import type { ApiError } from '../result.ts'

interface Ended {
  response: Response
  error?: ApiError | undefined
}

/**
 * Runs a call and reports its end, whatever that is.
 *
 * @param operation as far as it is known before the call is looked at
 */
export async function withSettled<Result extends Ended>(
  hooks: Hooks | undefined,
  operation: string,
  run: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const progress: Progress = { operation, attempts: 0 }
  const start = Date.now()
  const report = (end: Pick<SettledEvent, 'status' | 'code'> & { requestId: string | undefined }) => {
    const { requestId, ...rest } = end
    const duration = Date.now() - start
    notify(hooks?.settled, { ...progress, duration, ...rest, ...(requestId && { requestId }) })
  }
  try {
    const result = await run(progress)
    const { status, headers } = result.response
    const code = safe(result.error?.code)
    report({ status, requestId: headers.get('Request-ID') ?? undefined, ...(code && { code }) })
    return result
  } catch (thrown) {
    report(failureOf(thrown))
    throw thrown
  }
}

function failureOf(thrown: unknown): { code: string; requestId: string | undefined } {
  const { code, name } = (thrown ?? {}) as { code?: unknown; name?: unknown }
  return {
    code: safe(code) ?? safe(name) ?? 'Error',
    requestId: thrown instanceof WechatpayError ? thrown.requestId : undefined,
  }
}

// A foreign error may say anything. A code is one word, and a text such as a path or a message is not.
function safe(text: unknown): string | undefined {
  return typeof text === 'string' && /^[A-Za-z][\w-]{0,63}$/.test(text) ? text : undefined
}
