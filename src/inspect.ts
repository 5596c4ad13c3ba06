import type { ClientOptions } from './client.ts'

/** What a log may show of a client: who it is, and nothing that signs or opens anything. */
export function inspectable<C>(client: object, { mchid, brandId, serial, baseUrl }: ClientOptions): C {
  const shown = { ...(brandId === undefined ? { mchid } : { brandId }), serial, ...(baseUrl && { baseUrl }) }
  const methods = {
    // https://nodejs.org/api/util.html#custom-inspection-functions-on-objects
    [Symbol.for('nodejs.util.inspect.custom')]: () => `WechatpayClient ${JSON.stringify(shown)}`,
    toJSON: () => shown,
  }
  for (const [key, value] of [
    ...Object.entries(methods),
    [Symbol.for('nodejs.util.inspect.custom'), methods[Symbol.for('nodejs.util.inspect.custom')]] as const,
  ]) {
    Object.defineProperty(client, key, { value, enumerable: false })
  }
  return client as C
}
