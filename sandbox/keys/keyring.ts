import { constants, type KeyLike, privateDecrypt, sign, X509Certificate } from 'node:crypto'

/** A key of WeChat Pay. */
export interface Platform {
  /** `PUB_KEY_ID_…`, or the serial of a platform certificate. */
  serial: string
  /** PEM or KeyObject. */
  privateKey: KeyLike
  /** PEM, of a platform certificate: `GET /v3/certificates` then hands it out. */
  certificate?: string
}

/** A platform certificate and the times it is good for. */
export interface PlatformCertificate extends Platform {
  certificate: string
  from: Date
  to: Date
}

/** The keys that WeChat Pay has at the moment; asked anew each time, as they may change while it runs. */
export interface Keyring {
  find(serial: string): Platform | undefined
  /** What an answer is signed with that nobody asked a key for: the newest certificate in effect, else the first key. */
  usual(): Platform
  /** Newest first. */
  certificates(): PlatformCertificate[]
}

/** Makes a keyring of one key or several. */
export function keyring(platform: Platform | readonly Platform[], now: () => number): Keyring {
  const all = () => (Array.isArray(platform) ? (platform as readonly Platform[]) : [platform as Platform])
  const certificates = () =>
    all()
      .flatMap((key) => (key.certificate ? dated(key, key.certificate) : []))
      .sort((a, b) => b.from.getTime() - a.from.getTime())
  return {
    find: (serial) => all().find((key) => key.serial === serial),
    usual() {
      const inEffect = certificates().find(({ from, to }) => from.getTime() <= now() && now() < to.getTime())
      const [first] = all()
      const key = inEffect ?? first
      if (!key) throw new RangeError('the sandbox has no platform key')
      return key
    },
    certificates,
  }
}

function dated(key: Platform, certificate: string): PlatformCertificate {
  const { validFrom, validTo } = new X509Certificate(certificate)
  return { ...key, certificate, from: new Date(validFrom), to: new Date(validTo) }
}

/** RSASSA-PKCS1-v1_5 with SHA-256, base64. */
export function signatureOf(message: Buffer, { privateKey }: Platform): string {
  return sign('sha256', message, privateKey).toString('base64')
}

/** Opens RSAES-OAEP with SHA-1; nothing when it was not made for this key. */
export function opened(cipher: Buffer, { privateKey }: Platform): string | undefined {
  try {
    const bytes = privateDecrypt(
      { key: privateKey as string, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      cipher,
    )
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
