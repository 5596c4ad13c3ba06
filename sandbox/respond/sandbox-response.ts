import { randomBytes } from 'node:crypto'
import type { Refusal } from '../receive/refusal.ts'

/** An HTTP response of the sandbox. */
export interface SandboxResponse {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** A response without a body. */
export function emptyResponse(status: number): SandboxResponse {
  const headers = { 'Request-ID': randomBytes(16).toString('hex').toUpperCase() }
  return { status, headers, body: Buffer.alloc(0) }
}

/** A response with a JSON body. */
export function jsonResponse(status: number, value: unknown): SandboxResponse {
  const { headers } = emptyResponse(status)
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  }
}

/** An error response. It is unsigned, because WeChat Pay's often are: clients must not rely on a signature. */
export function errorResponse({ status, code, message, detail }: Refusal): SandboxResponse {
  return jsonResponse(status, { code, message, detail })
}
