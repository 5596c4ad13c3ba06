import { type KeyLike, sign, X509Certificate } from 'node:crypto'

/** A key that WeChat Pay signs with. */
export interface PlatformKey {
  /** `PUB_KEY_ID_…`, or the serial number of a platform certificate. */
  serial: string
  /** PEM or KeyObject. */
  privateKey: KeyLike
  /** PEM of a platform certificate; `GET /v3/certificates` then returns it. */
  certificate?: string
}

/** A platform certificate with its validity period. */
interface PlatformCertificate extends PlatformKey {
  certificate: string
  from: Date
  to: Date
}

/** WeChat Pay's current keys. Each method reads the list again, because keys may be switched while the sandbox runs. */
export interface Keyring {
  find(serial: string): PlatformKey | undefined
  /** Signs when the request names no key: the newest certificate in effect, else the first key. */
  defaultKey(): PlatformKey
  /** Signs notifications to brands, which know no certificate: the first public key, if there is one. */
  publicKey(): PlatformKey | undefined
  /** Newest first. */
  certificates(): PlatformCertificate[]
}

/** Whether a serial is the id of a public key, and not that of a certificate. */
export function isPublicKeyId(serial: string): boolean {
  return serial.startsWith('PUB_KEY_ID_')
}

/** Creates a keyring of one key or several. */
export function createKeyring(keys: PlatformKey | readonly PlatformKey[], now: () => number): Keyring {
  const all = () => (Array.isArray(keys) ? (keys as readonly PlatformKey[]) : [keys as PlatformKey])
  const certificates = () =>
    all()
      .flatMap((key) => (key.certificate ? withValidity(key, key.certificate) : []))
      .sort((a, b) => b.from.getTime() - a.from.getTime())
  return {
    find: (serial) => all().find((key) => key.serial === serial),
    defaultKey() {
      const inEffect = certificates().find(({ from, to }) => from.getTime() <= now() && now() < to.getTime())
      const [first] = all()
      const key = inEffect ?? first
      if (!key) throw new RangeError('`platform` has no key: add one to the list')
      return key
    },
    publicKey: () => all().find(({ serial }) => isPublicKeyId(serial)),
    certificates,
  }
}

function withValidity(key: PlatformKey, certificate: string): PlatformCertificate {
  const { validFrom, validTo } = new X509Certificate(certificate)
  return { ...key, certificate, from: new Date(validFrom), to: new Date(validTo) }
}

/** Signs with RSASSA-PKCS1-v1_5 and SHA-256, in base64. */
export function signWith({ privateKey }: PlatformKey, message: Buffer): string {
  return sign('sha256', message, privateKey).toString('base64')
}
