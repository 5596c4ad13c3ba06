import { constants, createHash, publicEncrypt, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import {
  type FaultTools,
  issueCertificate,
  type Notification,
  type Sandbox,
  type SandboxResponse,
  specDocuments,
  startSandbox,
} from '../../../sandbox/index.ts'
import { fundFlow, trade } from '../../src/files/bill-samples.ts'
import { sealFile } from '../../src/files/seal-file.ts'
import { rsaPair } from '../../support/keys.ts'

// The merchant, serial and public key id of the documents' samples, which are those of WeChat Pay's own.
const mchid = '1900000109'
const serial = '7777777777777777777777777777777777777777'
const platformSerial = 'PUB_KEY_ID_0114232134912410000000000000'
const apiV3Key = '0123456789abcdef0123456789ABCDEF'
const host = 'https://api.mch.weixin.qq.com'
const fileKey = randomBytes(16).toString('hex')
const fileNonce = randomBytes(8).toString('hex')
const merchant = rsaPair()
const platform = rsaPair()

/** What the samples read of the environment. */
export const environment = {
  WECHATPAY_PRIVATE_KEY: merchant.privateKey,
  WECHATPAY_PUBLIC_KEY: platform.publicKey,
  WECHATPAY_APIV3_KEY: apiV3Key,
  WECHATPAY_APIV2_KEY: '192006250b4c09247ec02edce69f6a2d',
}

// For clients that fetch certificates.
const pair = rsaPair()
const certificateSerial = '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C'
const certified = {
  serial: certificateSerial,
  privateKey: pair.privateKey,
  certificate: issueCertificate({ ...pair, serial: certificateSerial }),
}

/** A notification that the samples' handlers can verify: they hold the public key. */
export function paid(wechatpay: Sandbox): Promise<Notification> {
  return wechatpay.notification('TRANSACTION.SUCCESS', { serial: platformSerial })
}

/** Starts a WeChat Pay that knows the samples' merchant. */
export async function startWechatpay(domains: readonly string[]): Promise<Sandbox> {
  const documented = new Set(
    [...domains, 'billdownload', 'brand-mode'].filter((domain) => domain !== 'new-product'),
  )
  return startSandbox({
    documents: [...Object.values(await specDocuments([...documented])), undocumented],
    merchants: [
      { mchid, serial, publicKey: merchant.publicKey, apiV3Key },
      { brandId: '130001', serial, publicKey: merchant.publicKey },
    ],
    platform: [{ serial: platformSerial, privateKey: platform.privateKey }, certified],
    fault: withBill,
  })
}

/** An operation that WeChat Pay has and no page describes. */
const secret = { type: 'string', 'x-encrypted': 'wechatpay' }
const fields = { type: 'object', properties: { out_request_no: { type: 'string' }, name: secret } }
const answered = { type: 'object', properties: { state: { type: 'string' } } }
const undocumented = {
  openapi: '3.1.0',
  info: { title: 'A new product', version: '1' },
  servers: [{ url: 'https://api.mch.weixin.qq.com' }],
  paths: {
    '/v3/new-product/orders': {
      post: {
        requestBody: { required: true, content: { 'application/json': { schema: fields } } },
        responses: { 200: { content: { 'application/json': { schema: answered } } } },
      },
    },
  },
}

const text = (lines: readonly string[]) => Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`)
const sha1 = (content: Buffer) => createHash('sha1').update(content).digest('hex')

const bill = text(trade)
const flow = text(fundFlow)
const encryptedUrl = '/v3/billdownload/file?token=encrypted&tartype=gzip'

// The sandbox keeps no files, so the only ones that a sample downloads are here.
function withBill(answer: SandboxResponse, { request, sign }: FaultTools): SandboxResponse {
  const { target } = request
  if (answer.status !== 200) return answer
  if (target === encryptedUrl) return { ...answer, body: sealFile(gzipSync(flow), fileKey, fileNonce) }
  if (target.startsWith('/v3/billdownload/file?')) return { ...answer, body: gzipSync(bill) }
  const json = (body: object) => sign({ ...answer, body: Buffer.from(JSON.stringify(body)) })
  if (target.startsWith('/v3/bill/tradebill?')) {
    return json({
      hash_type: 'SHA1',
      hash_value: sha1(bill),
      download_url: `${host}/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2&tartype=GZIP`,
    })
  }
  if (!target.startsWith('/v3/bill/sub-merchant-fundflowbill?')) return answer
  const part = {
    bill_sequence: 1,
    hash_type: 'SHA1',
    hash_value: sha1(flow),
    download_url: host + encryptedUrl,
    encrypt_key: encryptFor(fileKey),
    nonce: fileNonce,
  }
  return json({ download_bill_count: 1, download_bill_list: [part] })
}

function encryptFor(key: string): string {
  const { RSA_PKCS1_OAEP_PADDING: padding } = constants
  return publicEncrypt({ key: merchant.publicKey, padding, oaepHash: 'sha1' }, Buffer.from(key)).toString(
    'base64',
  )
}
