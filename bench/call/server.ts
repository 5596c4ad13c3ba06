import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * WeChat Pay in a process of its own, so that what it costs is not counted: it answers each request with the same signed
 * text. It prints its port and its public key.
 */
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const serial = 'PUB_KEY_ID_0119000072912026010100000000000001'
const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242'
const body = '{"prepay_id":"wx201410272009395522657a690389285100"}'
let signedAt = 0
let headers: Record<string, string> = {}
let seen: unknown

function signed(): Record<string, string> {
  const now = Math.floor(Date.now() / 1000)
  if (now - signedAt > 60) {
    signedAt = now
    headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(body.length),
      'Request-ID': '08F6DFBC8A0610FA0318E5FBA57E20A3011880E6B7AE0A-268435456',
      'Wechatpay-Serial': serial,
      'Wechatpay-Timestamp': String(now),
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature': sign('sha256', Buffer.from(`${now}\n${nonce}\n${body}\n`), privateKey).toString(
        'base64',
      ),
      'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    }
  }
  return headers
}

const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  if (request.url === '/seen') response.end(JSON.stringify(seen))
  else {
    const { method, url, headers } = request
    seen = { method, url, headers, body: Buffer.concat(parts).toString() }
    response.writeHead(200, signed()).end(body)
  }
})
// Longer than the other contestants take in between.
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port, serial, publicKey }))
})
process.on('disconnect', () => process.exit())
