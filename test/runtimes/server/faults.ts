import { sign } from 'node:crypto'
import type { Bill } from './bill.ts'
import { encryptedBill } from './encrypted-bill.ts'
import type { FaultTools, SandboxResponse } from './sandbox.ts'

/** What the answers are made of. */
export interface FaultParts {
  /** Where the sandbox is, once it is known. */
  url: () => string
  bill: Bill
  otherBill: Bill
  /** PEM, of the merchant's public key. */
  merchantKey: string
  /** PEM, of a key that nobody trusts. */
  strangeKey: string
}

/** Where the sandbox has an empty page, for a browser: what runs in it has the sandbox's origin. */
export const pagePath = '/page'

type Fault = (answer: SandboxResponse, tools: FaultTools) => SandboxResponse | Promise<SandboxResponse>

/** Answers bills and files, and spoils answers as the header `X-Fault` asks. What the sandbox refuses stays refused. */
export function faults({ url, bill, otherBill, merchantKey, strangeKey }: FaultParts): Fault {
  const parts = encryptedBill(bill.plain, merchantKey)
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
    if (operation === 'GET /v3/bill/sub-merchant-fundflowbill') return tools.sign(offerParts(target))
    const part = /token=E(\d)/.exec(target)
    if (part) return { ...answer, body: encrypted(target, Number(part[1]), name) }
    if (operation === 'GET /v3/billdownload/file') return { ...answer, body: content(target, name) }
    if (name === '') return answer
    const spoil = spoiled[name]
    if (!spoil) throw new RangeError(`there is no fault ${name}`)
    return spoil(answer, tools)
  }

  function offer(target: string): SandboxResponse {
    return json({ hash_type: 'SHA1', hash_value: bill.sha1, download_url: downloadUrl(target, 'T1') })
  }

  function offerParts(target: string): SandboxResponse {
    const list = parts.map(({ listed }, index) => ({
      ...listed,
      download_url: downloadUrl(target, `E${index}`),
    }))
    return json({ download_bill_count: list.length, download_bill_list: list.reverse() })
  }

  function downloadUrl(target: string, token: string): string {
    const packed = target.includes('tar_type=GZIP') ? '&tartype=gzip' : ''
    return `${url()}/v3/billdownload/file?token=${token}${packed}`
  }

  function encrypted(target: string, index: number, name: string): Buffer {
    const { plain, packed } = parts[index]!
    const file = Buffer.from(target.includes('tartype=gzip') ? packed : plain)
    if (name === 'tag' && index === 1) file[file.length - 1]! ^= 1
    return file
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
      case 'gzip-encrypted':
        return parts[0]!.packed
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

function json(body: object): SandboxResponse {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', 'Request-ID': 'R1' },
    body: Buffer.from(JSON.stringify(body)),
  }
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
