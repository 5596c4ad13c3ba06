import { fromBase64, toHex } from '../bytes.ts'
import { ConfigError, KeyError } from '../errors.ts'
import { type Block, blocks } from './armour.ts'
import { sequence, tags } from './der.ts'
import { sameSerial } from './serial.ts'

/** What a client needs of a certificate. */
interface X509Fields {
  /** Hexadecimal in capitals, as WeChat Pay names it. */
  serial: string
  /** SubjectPublicKeyInfo in DER. */
  publicKey: Uint8Array
}

/**
 * Reads a certificate's DER; nothing when it is not one. Neither its signature nor its dates are judged.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function readCertificate(der: Uint8Array): X509Fields | undefined {
  const [tbs] = sequence(der) ?? []
  const fields = tbs && sequence(tbs.whole)
  // The version, [0], may be absent.
  const rest = fields?.[0]?.tag === 0xa0 ? fields.slice(1) : fields
  const [serial, , , , , publicKey] = rest ?? []
  if (serial?.tag !== tags.integer || publicKey?.tag !== tags.sequence) return undefined
  return { serial: serialOf(serial.content), publicKey: publicKey.whole }
}

/**
 * The serial number of a certificate, in hexadecimal and capitals: what `Wechatpay-Serial` and `serial_no` name.
 *
 * ```ts
 * const serial = certificateSerial(readFileSync('apiclient_cert.pem', 'utf8'))
 * ```
 *
 * @param pem a certificate; of several, the first
 * @param where what messages call it
 * @throws {KeyError} ERR_KEY_NOT_PEM, ERR_KEY_INVALID
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053053
 */
export function certificateSerial(pem: string, where = 'certificate'): string {
  const block = typeof pem === 'string' ? blocks(pem).find(isCertificate) : undefined
  if (!block) {
    throw new KeyError(
      'ERR_KEY_NOT_PEM',
      `${where} is not a PEM that begins with -----BEGIN CERTIFICATE-----`,
      {
        hint: "Give the file's content as text",
      },
    )
  }
  const der = fromBase64(block.content)
  const certificate = der && readCertificate(der)
  if (certificate) return certificate.serial
  throw new KeyError('ERR_KEY_INVALID', `${where} is a PEM, but what it holds is not a certificate`, {
    hint: 'It is damaged: take it from the original file again',
  })
}

/**
 * Tells a certificate that stands under another name than its serial: no answer would find its key.
 *
 * @param serial the name under which `platform` has it
 * @param key as `platform` has it; anything but a certificate passes
 * @param where what messages call it
 * @throws {ConfigError} ERR_CONFIG
 * @throws {KeyError} for a certificate that cannot be read
 */
export function checkCertificateName(serial: string, key: unknown, where: string): void {
  if (typeof key !== 'string' || !blocks(key).some(isCertificate)) return
  const own = certificateSerial(key, where)
  if (sameSerial(own, serial)) return
  throw new ConfigError('ERR_CONFIG', `${where} is a certificate whose serial is ${own}`, {
    hint: serial.startsWith('PUB_KEY_ID_')
      ? 'Under a PUB_KEY_ID_… belongs pub_key.pem, the WeChat Pay public key'
      : 'Name it by its own serial; it is a certificate of WeChat Pay, and never apiclient_cert.pem',
  })
}

function isCertificate({ label }: Block): boolean {
  return label === 'CERTIFICATE'
}

function serialOf(integer: Uint8Array): string {
  // DER puts a zero byte before a number whose first bit is set.
  const digits = integer.length > 1 && integer[0] === 0 ? integer.subarray(1) : integer
  return toHex(digits).toUpperCase()
}
