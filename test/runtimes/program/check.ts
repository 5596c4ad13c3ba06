import { createClient, type MerchantOptions, type PlatformKeys, WechatpayError } from 'wechatpay-fetch'
import type { Input } from './input.ts'

/** What a check may say beside that it passed. */
export interface Outcome {
  /** How this runtime did it, where runtimes may differ. */
  note?: string
  /** For the harness to judge. */
  evidence?: unknown
}

/** One behaviour. */
export interface Check {
  name: string
  /** Rejects when it is not so; may resolve to an {@link Outcome}. */
  run(input: Input): Promise<unknown>
}

/** Adds a check to a list. */
export function checkList(): [Check[], (name: string, run: Check['run']) => void] {
  const checks: Check[] = []
  return [checks, (name, run) => checks.push({ name, run })]
}

/** A client of the sandbox that makes one attempt, as the other checks are about what one attempt does. */
export function clientOf(
  input: Input,
  options: Partial<Omit<MerchantOptions, 'platform'>> & { platform?: PlatformKeys | undefined } = {},
) {
  const { mchid, serial, privateKey, publicKeyId, publicKey, baseUrl } = input
  return createClient({
    mchid,
    serial,
    privateKey,
    platform: { [publicKeyId]: publicKey },
    baseUrl,
    retry: false,
    // The same program runs in a page of Chromium.
    dangerouslyAllowBrowser: true,
    ...options,
  } as MerchantOptions)
}

/** The header that asks the sandbox for an answer that is out of order. */
export function fault(name: string): { headers: Record<string, string> } {
  return { headers: { 'X-Fault': name } }
}

/**
 * The error that an action rejects with.
 *
 * @throws when it does not reject, or with something that is no WechatpayError
 */
export async function errorOf(action: () => Promise<unknown>): Promise<WechatpayError> {
  const reason = await reasonOf(action)
  if (reason instanceof WechatpayError) return reason
  throw new Error(`rejected with ${String(reason)}, which is no WechatpayError`, { cause: reason })
}

/** Whatever an action rejects with. */
export async function reasonOf(action: () => Promise<unknown>): Promise<unknown> {
  let result: unknown
  try {
    result = await action()
  } catch (reason) {
    return reason
  }
  throw new Error(`did not reject, but gave ${JSON.stringify(result)}`)
}

/** A file, read to its end. */
export async function textOf(stream: ReadableStream<Uint8Array> | undefined): Promise<string> {
  if (!stream) throw new Error('there is no stream')
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
}
