import { systemClock } from '../clock.ts'
import { entryPoints } from '../exchange/entry-points.ts'
import { notify } from '../hooks.ts'
import { asNetworkError } from '../network.ts'
import { operationOf } from '../operation.ts'
import { retryPolicy } from '../retry/policy.ts'
import { withRetries } from '../retry/with-retries.ts'
import type { Authorizer } from '../signature/authorizer.ts'
import { setHeaders } from '../signature/set-headers.ts'
import { automaticCertificates } from '../verification/certificates.ts'
import { type KeySource, knownKeys } from '../verification/platform.ts'
import type { CommonOptions } from './options.ts'

/** The keys of WeChat Pay that a client trusts. */
export function keySource(options: CommonOptions, authorize: Authorizer): KeySource {
  const { platform, certificates, apiV3Key = '', clock = systemClock, hooks } = options
  if (certificates !== 'auto') return knownKeys(platform ?? {})
  return automaticCertificates({
    apiV3Key,
    platform,
    clock,
    observe: (event) => notify(hooks?.certificates, event),
    download: () => listCertificates(options, authorize),
  })
}

// Signed as every request, and read whole within its time; what it says is judged by who asked for it.
async function listCertificates(options: CommonOptions, authorize: Authorizer): Promise<Response> {
  const { fetch = globalThis.fetch, retry, timeout, deadline } = options
  const operation = operationOf('GET', '/v3/certificates')
  const entries = entryPoints(operation.traits, options)
  const policy = retryPolicy(retry, {
    ...(timeout !== undefined && { timeout }),
    ...(deadline !== undefined && { deadline }),
  })
  const { response } = await withRetries(
    async ({ disconnected, signal }) => {
      const url = `${entries[disconnected % entries.length]}/v3/certificates`
      const headers = new Headers(options.headers)
      setHeaders(headers, (await authorize({ method: 'GET', url })).authorization, undefined)
      signal.throwIfAborted()
      const send = async () => {
        const answer = await fetch(new Request(url, { headers, redirect: 'manual', signal }))
        const { status, statusText, headers: own } = answer
        const content = status === 204 || status === 304 ? null : await answer.arrayBuffer()
        return new Response(content, { status: status || 502, statusText, headers: own })
      }
      return send().catch(asNetworkError({ operation: operation.name }, signal))
    },
    { operation, retryable: () => true, signal: undefined, policy },
  )
  return response
}
