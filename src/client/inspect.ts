import type { ClientOptions } from './options.ts'

/** What Node prints of an object. https://nodejs.org/api/util.html#custom-inspection-functions-on-objects */
const inspect = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom')

/** Makes a printed client show its merchant and serial, never a key. */
export function inspectable<C extends object>(
  client: C,
  { mchid, brandId, serial, baseUrl }: ClientOptions,
): C {
  const shown = { ...(brandId === undefined ? { mchid } : { brandId }), serial, ...(baseUrl && { baseUrl }) }
  return Object.defineProperties(client, {
    [inspect]: { value: () => `WechatpayClient ${JSON.stringify(shown)}` },
    toJSON: { value: () => shown },
  })
}
