import { fromBase64, toHex } from '../bytes.ts'
import { ConfigError, KeyError } from '../errors.ts'
import { type Block, blocks } from './armour.ts'
import { sequence, tags } from './der.ts'
import { sameSerial } from './serial.ts'

/** The fields of a certificate that the client uses. */
interface X509Fields {
  /** Upper-case hexadecimal, as in `Wechatpay-Serial`. */
  serial: string
  /** SubjectPublicKeyInfo in DER. */
  publicKey: Uint8Array
}

/**
 * Reads a certificate's DER; `undefined` when it is not one. Neither its signature nor its dates are checked.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function readCertificate(der: Uint8Array): X509Fields | undefined {
  const [tbs] = sequence(der) ?? []
  const fields = tbs && sequence(tbs.whole)
  // The first element, [0], is the version; it may be absent.
  const rest = fields?.[0]?.tag === 0xa0 ? fields.slice(1) : fields
  const [serial, , , , , publicKey] = rest ?? []
  if (serial?.tag !== tags.integer || publicKey?.tag !== tags.sequence) return undefined
  return { serial: serialOf(serial.content), publicKey: publicKey.whole }
}

/**
 * Returns a certificate's serial number in upper-case hexadecimal, as the option `serial` and `Wechatpay-Serial` have it.
 *
 * ```ts
 * const serial = certificateSerial(readFileSync('apiclient_cert.pem', 'utf8'))
 * ```
 *
 * @param pem a certificate; the first one when there are several
 * @param where the option's name, for messages
 * @throws {KeyError} ERR_KEY_NOT_PEM, ERR_KEY_INVALID
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053053
 */
export function certificateSerial(pem: string, where = 'certificate'): string {
  const block = typeof pem === 'string' ? blocks(pem).find(isCertificate) : undefined
  if (!block) {
    throw new KeyError(
      'ERR_KEY_NOT_PEM',
      `${where} must be a PEM that begins with -----BEGIN CERTIFICATE-----`,
      {
        hint: "Pass the file's content as text",
      },
    )
  }
  const der = fromBase64(block.content)
  const certificate = der && readCertificate(der)
  if (certificate) return certificate.serial
  throw new KeyError('ERR_KEY_INVALID', `${where} is a PEM, but its content is not a certificate`, {
    hint: 'The PEM is damaged: copy it from the original file again',
  })
}

/**
 * Refuses a certificate that `platform` lists under another serial than its own: no response would find its key.
 *
 * @param serial the serial in `platform`
 * @param key the key in `platform`; anything but a certificate passes
 * @param where the option's name, for messages
 * @throws {ConfigError} ERR_CONFIG
 * @throws {KeyError} for a certificate that cannot be read
 */
export function checkCertificateName(serial: string, key: unknown, where: string): void {
  if (typeof key !== 'string' || !blocks(key).some(isCertificate)) return
  const own = certificateSerial(key, where)
  if (sameSerial(own, serial)) return
  throw new ConfigError('ERR_CONFIG', `${where} is a certificate whose serial is ${own}`, {
    hint: serial.startsWith('PUB_KEY_ID_')
      ? 'The key of a PUB_KEY_ID_… is pub_key.pem, the WeChat Pay public key'
      : 'List it under its own serial. It must be a certificate of WeChat Pay, not apiclient_cert.pem',
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
