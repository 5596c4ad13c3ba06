import type { Clock } from '../clock.ts'
import type { Aead, Ciphertext } from '../encryption/aead.ts'
import { CertificateError, WechatpayError } from '../errors.ts'
import { importPublicKey } from '../keys/import.ts'
import { sameSerial } from '../keys/serial.ts'
import { certificateSerial } from '../keys/x509.ts'
import type { CertificatesAnswer } from './certificate-download.ts'
import { verifySigned } from './verify.ts'

/** A platform certificate as `GET /v3/certificates` lists it. */
export interface PlatformCertificate {
  /** As listed: hexadecimal, in capitals. */
  serial: string
  pem: string
  /** For `verify`. */
  key: CryptoKey
  /** Milliseconds since 1970, from which and until which it is in effect. */
  from: number
  until: number
}

/** Whom to believe while a list is read. */
export interface ListReader {
  /** With the APIv3 key. */
  cipher: Aead
  clock: Clock
  /** A key that is trusted already. */
  known(serial: string): Promise<CryptoKey | undefined>
}

interface Entry {
  serial_no: string
  effective_time: string
  expire_time: string
  encrypt_certificate: Ciphertext & { algorithm?: string }
}

/**
 * Reads the list of platform certificates. Nothing vouches for the first one but the APIv3 key that opens it: only
 * WeChat Pay has that key as well. The same answer is then verified with the certificates found in it, or with a key
 * that is trusted already, so that neither an old list nor a spliced one passes.
 *
 * @throws {CertificateError} ERR_CERTIFICATES_MALFORMED; its `cause` tells more when there is one
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export async function readCertificates(
  { headers, bytes, context }: CertificatesAnswer,
  { cipher, clock, known }: ListReader,
): Promise<PlatformCertificate[]> {
  const entries = entriesOf(bytes)
  if (!entries || entries.length === 0) {
    throw new CertificateError('ERR_CERTIFICATES_MALFORMED', 'the answer lists no certificate', context)
  }
  try {
    const certificates = await Promise.all(entries.map((entry) => opened(entry, cipher)))
    const own = (serial: string) => certificates.find((one) => sameSerial(one.serial, serial))?.key
    const find = async (serial: string) => own(serial) ?? known(serial)
    await verifySigned({ headers, body: async () => bytes }, { find }, clock, {})
    return certificates
  } catch (error) {
    // Anything else is a fault of ours.
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
  // The decoder drops what is not UTF-8, and a PEM has none of it.
  const pem = new TextDecoder().decode(await cipher.decrypt(entry.encrypt_certificate))
  const where = 'a platform certificate'
  const key = await importPublicKey(pem, where)
  const from = Date.parse(effective_time)
  const until = Date.parse(expire_time)
  if (!sameSerial(certificateSerial(pem), serial)) throw odd('its serial_no is not its own serial number')
  if (!(from < until)) throw odd('its effective_time and expire_time are not a span of time')
  return { serial, pem, key, from, until }
}

function odd(problem: string): CertificateError {
  return new CertificateError('ERR_CERTIFICATES_MALFORMED', `of a platform certificate, ${problem}`)
}

/** The RSA ones, which are what is asked for; SM2 has another algorithm. */
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
