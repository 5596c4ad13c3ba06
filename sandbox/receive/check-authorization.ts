import { type KeyObject, verify } from 'node:crypto'
import { type Account, accountId, publicKeyOf } from '../keys/accounts.ts'
import { isBrandTarget, schemeAt } from '../keys/signature-scheme.ts'
import { signError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

const names = ['nonce_str', 'signature', 'timestamp', 'serial_no'] as const

type Fields = Record<(typeof names)[number], string> & { id: string; idName: 'mchid' | 'brand_id' }

/**
 * Creates the check of the Authorization header. It builds the signed message from the received bytes and verifies
 * the signature with OpenSSL, so it shares no code with the clients that it checks.
 *
 * @returns a function that takes a request and the bytes of its body that are signed, and returns the caller or
 *   throws a Refusal (401)
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function authorizationCheck(
  accounts: readonly Account[],
  now: () => number,
): (request: RequestRecord, signed: Buffer) => Account {
  const keys = new Map<Account, KeyObject>(accounts.map((account) => [account, publicKeyOf(account)]))
  const seen = new Set<string>()
  return (request, signed) => {
    const { id, idName, serial_no: serial, timestamp, nonce_str: nonce, signature } = parse(request)
    const named = accounts.filter(
      (one) => ('mchid' in one ? 'mchid' : 'brand_id') === idName && accountId(one) === id,
    )
    const kind = idName === 'mchid' ? 'merchant' : 'brand'
    if (named.length === 0) throw signError(idName, `unknown ${kind}`)
    const account = named.find((one) => one.serial === serial)
    if (!account) {
      const issue = `not the serial of this ${kind}’s API certificate`
      throw signError('serial_no', issue, {}, '商户证书序列号有误。')
    }
    const skew = /^\d+$/.test(timestamp) ? Math.abs(now() / 1000 - Number(timestamp)) : Number.NaN
    if (!(skew < 300)) throw signError('timestamp', 'must be Unix seconds, within 300 seconds of now')
    const head = `${request.method}\n${request.target}\n${timestamp}\n${nonce}\n`
    const message = Buffer.concat([Buffer.from(head), signed, Buffer.from('\n')])
    if (!verify('sha256', message, keys.get(account)!, Buffer.from(signature, 'base64'))) {
      throw signError('signature', 'sign not match', {
        sign_information: signInformation(request, head, message),
      })
    }
    // A nonce counts as used only after its signature was verified.
    if (seen.has(`${id} ${nonce}`)) throw signError('nonce_str', 'already used')
    seen.add(`${id} ${nonce}`)
    return account
  }
}

/** What WeChat Pay reveals of the message that it verified: of the body only the first 8 bytes. */
function signInformation({ method, target }: RequestRecord, head: string, message: Buffer): object {
  const length = Buffer.byteLength(head) + 8
  const cut = message.length > length + 1
  return {
    method,
    url: target,
    truncated_sign_message: cut ? `${message.subarray(0, length)}\n` : message.toString(),
    sign_message_length: message.length,
  }
}

function parse(request: RequestRecord): Fields {
  const { rawHeaders, headers } = request
  const count = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization').length
  if (count !== 1) throw signError('Authorization', count ? 'sent more than once' : 'missing')
  const [, scheme = '', list = ''] = /^(\S+) (.*)$/.exec(headers.authorization ?? '') ?? []
  const brand = isBrandTarget(request.target)
  const expected = schemeAt(request.target)
  if (scheme !== expected) {
    const paths = brand ? 'paths that begin with /brand/' : 'paths that do not begin with /brand/'
    throw signError('Authorization', `the scheme must be ${expected} for ${paths}`)
  }
  const idName = brand ? 'brand_id' : 'mchid'
  const wanted: readonly string[] = [idName, ...names]
  const fields: Record<string, string> = {}
  for (const pair of list.split(',')) {
    const [, name, value] = /^\s*(\w+)="([^"]*)"\s*$/.exec(pair) ?? []
    if (!name || !value || !wanted.includes(name))
      throw signError('Authorization', 'must be a list of name="value" with the five documented names')
    if (name in fields) throw signError(name, 'occurs more than once')
    fields[name] = value
  }
  for (const name of wanted) if (!(name in fields)) throw signError(name, 'missing')
  return { ...(fields as Fields), id: fields[idName]!, idName }
}
