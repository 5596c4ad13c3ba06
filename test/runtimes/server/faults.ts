import { sign } from 'node:crypto'
import type { Bill } from './bill.ts'
import type { FaultTools, SandboxResponse } from './sandbox.ts'

/** What the answers are made of. */
export interface FaultParts {
  /** Where the sandbox is, once it is known. */
  url: () => string
  bill: Bill
  otherBill: Bill
  /** PEM, of a key that nobody trusts. */
  strangeKey: string
}

/** Where the sandbox has an empty page, for a browser: what runs in it has the sandbox's origin. */
export const pagePath = '/page'

type Fault = (answer: SandboxResponse, tools: FaultTools) => SandboxResponse | Promise<SandboxResponse>

/** Answers bills and files, and spoils answers as the header `X-Fault` asks. What the sandbox refuses stays refused. */
export function faults({ url, bill, otherBill, strangeKey }: FaultParts): Fault {
  const busy = new Set<string>()
  const spoiled: Readonly<Record<string, Fault>> = {
    tampered: (answer) => ({ ...answer, body: Buffer.from(answer.body.toString().replace('{', '{ ')) }),
    unsigned: ({ headers, ...answer }) => ({ ...answer, headers: without(headers, 'Wechatpay-Signature') }),
    stale: (answer, { sign }) => sign(answer, { timestamp: Math.floor(Date.now() / 1000) - 3600 }),
    stranger: (answer) => signedBy(strangeKey, answer),
    unknown: (answer) =>
      withHeaders(answer, { 'Wechatpay-Serial': 'PUB_KEY_ID_0110000000000000000000000000000000' }),
    redirect: (answer) => ({ ...withHeaders(answer, { Location: '/v3/elsewhere' }), status: 302 }),
    image: (answer) => ({ ...answer, body: Buffer.from('a picture, for a test') }),
    never: () => new Promise(() => {}),
    'hang-up': () => {
      throw new Error('on purpose')
    },
    'busy-once'(answer, { request }) {
      if (busy.has(request.target)) return answer
      busy.add(request.target)
      return { status: 503, headers: { 'Content-Type': 'application/json' }, body: Buffer.from('{}') }
    },
  }

  return (answer, tools) => {
    const { operation, headers, target } = tools.request
    const name = String(headers['x-fault'] ?? '')
    if (target === pagePath) return page
    if (answer.status >= 300) return answer
    if (operation === 'GET /v3/bill/tradebill') return tools.sign(offer(target))
    if (operation === 'GET /v3/billdownload/file') return { ...answer, body: content(target, name) }
    if (name === '') return answer
    const spoil = spoiled[name]
    if (!spoil) throw new RangeError(`there is no fault ${name}`)
    return spoil(answer, tools)
  }

  function offer(target: string): SandboxResponse {
    const download_url = `${url()}/v3/billdownload/file?token=T1${target.includes('tar_type=GZIP') ? '&tartype=gzip' : ''}`
    const body = { hash_type: 'SHA1', hash_value: bill.sha1, download_url }
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Request-ID': 'R1' },
      body: Buffer.from(JSON.stringify(body)),
    }
  }

  function content(target: string, name: string): Buffer {
    const { plain, packed } = name === 'other-bill' ? otherBill : bill
    if (!target.includes('tartype=gzip')) return plain
    switch (name) {
      case 'gzip-cut':
        return packed.subarray(0, -1000)
      case 'gzip-checksum': {
        const changed = Buffer.from(packed)
        // The last eight bytes are the checksum and the length.
        changed[changed.length - 8]! ^= 1
        return changed
      }
      case 'gzip-followed':
        return Buffer.concat([packed, Buffer.from('something else')])
      case 'gzip-none':
        return plain
      default:
        return packed
    }
  }
}

const page: SandboxResponse = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: Buffer.from('<!doctype html><link rel="icon" href="data:,">'),
}

function withHeaders(answer: SandboxResponse, headers: Record<string, string>): SandboxResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
}

function signedBy(privateKey: string, answer: SandboxResponse): SandboxResponse {
  const { 'Wechatpay-Timestamp': timestamp, 'Wechatpay-Nonce': nonce } = answer.headers
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), answer.body, Buffer.from('\n')])
  return withHeaders(answer, {
    'Wechatpay-Signature': sign('sha256', message, privateKey).toString('base64'),
  })
}
