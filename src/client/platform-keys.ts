import { systemClock } from '../clock.ts'
import type { AttemptOptions, Attempts } from '../exchange/attempts.ts'
import { entryPoints } from '../exchange/entry-points.ts'
import { notify } from '../hooks.ts'
import { asNetworkError } from '../network.ts'
import { defaultMaxBytes, readBody, withBody } from '../response.ts'
import { retryPolicy } from '../retry/policy.ts'
import { type KeySource, knownKeys } from '../verification/platform.ts'
import type { CommonOptions } from './options.ts'

/** The source of the WeChat Pay keys that a client trusts. */
export function keySource(options: CommonOptions, attempt: Attempts): KeySource {
  const { platform, certificates, apiV3Key = '', clock = systemClock, hooks } = options
  if (certificates !== 'auto') return knownKeys(platform ?? {})
  // They are read again where certificates are fetched; a mistake is reported here.
  if (platform) knownKeys(platform)
  return loadedLate(async () => {
    const { automaticCertificates } = await import('../verification/certificates.ts')
    return automaticCertificates({
      apiV3Key,
      platform,
      clock,
      observe: (event) => notify(hooks?.certificates, event),
      download: () => downloadCertificates(options, attempt),
    })
  })
}

/** A key source whose code is loaded with its first use, as most merchants have a public key of WeChat Pay. */
function loadedLate(load: () => Promise<KeySource>): KeySource {
  let loading: Promise<KeySource> | undefined
  let loaded: KeySource | undefined
  const source = async () => {
    loading ??= load()
    try {
      loaded = await loading
    } catch (failure) {
      loading = undefined
      throw failure
    }
    return loaded
  }
  return {
    remote: true,
    ready: async (signal) => (await source()).ready(signal),
    trusted: () => loaded!.trusted(),
    find: async (serial, signal) => (await source()).find(serial, signal),
    encrypter: async (signal) => (await source()).encrypter(signal),
  }
}

async function downloadCertificates(options: CommonOptions, attempt: Attempts): Promise<Response> {
  const operation = { name: 'GET /v3/certificates', traits: {} }
  const entries = entryPoints(operation, options)
  const { response } = await attempt(
    { method: 'GET', url: `${entries[0]}/v3/certificates`, headers: new Headers(options.headers) },
    {
      operation,
      entryPoints: entries,
      policy: retryPolicy(options),
      fetch: options.fetch,
      judge: readWhole,
    },
  )
  return response
}

/** Reads the body within the attempt. Its signature is verified later, with the certificates found in it. */
const readWhole: AttemptOptions['judge'] = async (response, { signal }) => {
  const context = { operation: 'GET /v3/certificates' }
  const body = await readBody(response, defaultMaxBytes).catch(asNetworkError(context, signal))
  // A browser reports a redirect as status 0, which no new Response may have.
  return response.status === 0 ? new Response(null, { status: 302 }) : withBody(response, body)
}
