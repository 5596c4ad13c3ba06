import { once } from 'node:events'
import { type AddressInfo, Server } from 'node:net'
import { pathToFileURL } from 'node:url'

/**
 * Runs a program of samples as it is printed, in a process of its own:
 *
 *     node --import tsx run-program.ts PROGRAM WECHATPAY NOTIFICATION
 *
 * Calls to WeChat Pay go to the address WECHATPAY, and to nowhere else. What receives notifications, a `fetch` that is
 * exported or a server that listens, gets the NOTIFICATION, `{ headers, body }`, and must accept it. The last line of
 * the output is how many did.
 */
const [program, wechatpay, notification] = process.argv.slice(2) as [string, string, string]
const message = { method: 'POST', ...JSON.parse(notification) } as RequestInit
const send = globalThis.fetch

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init)
  const { protocol, host, pathname, search } = new URL(request.url)
  if (protocol !== 'https:' || !/^api\w*\.mch\.weixin\.qq\.com$/.test(host))
    throw new Error(`a sample calls ${request.url}`)
  const { method, headers, redirect, signal } = request
  const body = await request.arrayBuffer()
  const target = new URL(pathname + search, wechatpay)
  return send(target, { method, headers, redirect, signal, ...(body.byteLength > 0 && { body }) })
}

// A sample listens on a port that it names; another program may have it here.
const servers: Server[] = []
const listen = Server.prototype.listen
Server.prototype.listen = function (this: Server, ...given: unknown[]) {
  servers.push(this)
  const callbacks = given.filter((one) => typeof one === 'function')
  return Reflect.apply(listen, this, [0, '127.0.0.1', ...callbacks])
} as typeof listen

const { default: exported } = await import(pathToFileURL(program).href)
const responses: Response[] = []
if (typeof exported?.fetch === 'function')
  responses.push(await exported.fetch(new Request('https://shop.example/notify', message)))
for (const server of servers) {
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  responses.push(await send(`http://127.0.0.1:${port}/notify`, message))
}
for (const response of responses) {
  if (!response.ok) throw new Error(`a notification is answered ${response.status}: ${await response.text()}`)
}
console.log(responses.length)
process.exit()
