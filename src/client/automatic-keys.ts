import { systemClock } from '../clock.ts'
import type { AttemptOptions, Attempts } from '../exchange/attempts.ts'
import { entryPoints } from '../exchange/entry-points.ts'
import { notify } from '../hooks.ts'
import { asNetworkError } from '../network.ts'
import { defaultMaxBytes, readBody, withBody } from '../response.ts'
import { retryPolicy } from '../retry/policy.ts'
import { automaticCertificates } from '../verification/certificates.ts'
import type { KeySource } from '../verification/platform.ts'
import type { CommonOptions } from './options.ts'
import { withSettled } from './settled.ts'

/** The platform certificates, fetched and renewed with the merchant's own signed requests. */
export function automaticKeys(options: CommonOptions, attempt: Attempts): KeySource {
  const { platform, apiV3Key = '', clock = systemClock, hooks } = options
  return automaticCertificates({
    apiV3Key,
    platform,
    clock,
    observe: (event) => notify(hooks?.certificates, event),
    download: () => downloadCertificates(options, attempt),
  })
}

async function downloadCertificates(options: CommonOptions, attempt: Attempts): Promise<Response> {
  const operation = { name: 'GET /v3/certificates', traits: {} }
  const entries = entryPoints(operation, options)
  const { response, bytes } = await withSettled(options.hooks, operation.name, (progress) =>
    attempt(
      { method: 'GET', url: `${entries[0]}/v3/certificates`, headers: new Headers(options.headers) },
      {
        operation,
        entryPoints: entries,
        policy: retryPolicy(options),
        fetch: options.fetch,
        progress,
        judge: readWhole,
      },
    ),
  )
  return withBody(response, bytes)
}

/** Reads the body within the attempt. Its signature is verified later, with the certificates found in it. */
const readWhole: AttemptOptions['judge'] = async (received, { signal }) => {
  const context = { operation: 'GET /v3/certificates' }
  const bytes = await readBody(received, defaultMaxBytes).catch(asNetworkError(context, signal))
  // A browser reports a redirect as status 0, which no new Response may have.
  const response = received.response.status === 0 ? new Response(null, { status: 302 }) : received.response
  return { response, bytes }
}
