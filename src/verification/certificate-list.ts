import type { Clock } from '../clock.ts'
import type { Aead, Ciphertext } from '../encryption/aead.ts'
import { CertificateError, WechatpayError } from '../errors.ts'
import { importPublicKey } from '../keys/import.ts'
import { sameSerial } from '../keys/serial.ts'
import { certificateSerial } from '../keys/x509.ts'
import type { CertificatesResponse } from './certificate-download.ts'
import type { PlatformKey } from './platform.ts'
import { verifySigned } from './verify.ts'

/** A platform certificate as `GET /v3/certificates` lists it. */
export interface PlatformCertificate {
  /** As listed: upper-case hexadecimal. */
  serial: string
  pem: string
  /** For `verify`. */
  key: CryptoKey
  /** Validity, in milliseconds since 1970. */
  from: number
  until: number
}

/** What a list is checked with. */
export interface ListReader {
  /** Of the APIv3 key. */
  cipher: Aead
  clock: Clock
  /** A key that is trusted already. */
  known(serial: string): Promise<PlatformKey | undefined>
}

interface Entry {
  serial_no: string
  effective_time: string
  expire_time: string
  encrypt_certificate: Ciphertext & { algorithm?: string }
}

/**
 * Reads the list of platform certificates. Trust in the first list rests on the APIv3 key that decrypts it, which only
 * WeChat Pay and the merchant have. The response is then verified with the certificates in it, or with a key that is
 * trusted already, so that neither an old nor a spliced list passes.
 *
 * @throws {CertificateError} ERR_CERTIFICATES_MALFORMED, with a `cause` where there is one
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export async function readCertificates(
  { headers, bytes, context }: CertificatesResponse,
  { cipher, clock, known }: ListReader,
): Promise<PlatformCertificate[]> {
  const entries = entriesOf(bytes)
  if (!entries || entries.length === 0) {
    throw new CertificateError('ERR_CERTIFICATES_MALFORMED', 'the response lists no certificate', {
      ...context,
      hint: 'Does something else than WeChat Pay respond? Check baseUrl and any proxy on the way',
    })
  }
  try {
    const certificates = await Promise.all(entries.map((entry) => opened(entry, cipher)))
    const own = (serial: string) => certificates.find((one) => sameSerial(one.serial, serial))?.key
    const find = async (serial: string) => own(serial) ?? known(serial)
    await verifySigned({ headers, body: async () => bytes }, { find }, clock, {})
    return certificates
  } catch (error) {
    // Anything else is a bug of ours.
    if (!(error instanceof WechatpayError)) throw error
    throw new CertificateError(
      'ERR_CERTIFICATES_MALFORMED',
      `the list of platform certificates cannot be trusted: ${error.message}`,
      { ...context, cause: error },
    )
  }
}

async function opened(entry: Entry, cipher: Aead): Promise<PlatformCertificate> {
  const { serial_no: serial, effective_time, expire_time } = entry
  // A PEM is ASCII, so a lenient decoder will do.
  const pem = new TextDecoder().decode(await cipher.decrypt(entry.encrypt_certificate))
  const where = 'a platform certificate'
  const key = await importPublicKey(pem, where)
  const from = Date.parse(effective_time)
  const until = Date.parse(expire_time)
  if (!sameSerial(certificateSerial(pem), serial))
    throw malformed('has another serial number than its serial_no')
  if (!(from < until)) throw malformed('has an effective_time that is not before its expire_time')
  return { serial, pem, key, from, until }
}

function malformed(problem: string): CertificateError {
  return new CertificateError('ERR_CERTIFICATES_MALFORMED', `a platform certificate ${problem}`)
}

/** The RSA certificates. SM2 certificates are encrypted with another algorithm. */
function entriesOf(bytes: Uint8Array): Entry[] | undefined {
  let list: unknown
  try {
    list = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
  const { data } = (list ?? {}) as { data?: unknown }
  if (!Array.isArray(data)) return undefined
  const rsa = data.filter((one) => one?.encrypt_certificate?.algorithm === 'AEAD_AES_256_GCM')
  return rsa.every(isEntry) ? rsa : undefined
}

function isEntry(one: Partial<Entry>): one is Entry {
  const { ciphertext, nonce, associated_data = '' } = one.encrypt_certificate as Partial<Ciphertext>
  const texts = [one.serial_no, one.effective_time, one.expire_time, ciphertext, nonce, associated_data]
  return texts.every((text) => typeof text === 'string')
}
