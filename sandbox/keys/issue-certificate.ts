import { createPublicKey, type KeyLike, sign } from 'node:crypto'

/** Options of {@link issueCertificate}. */
export interface CertificateOptions {
  /** Hexadecimal, as WeChat Pay writes it. */
  serial: string
  /** Its public key goes into the certificate, and it signs the certificate. */
  privateKey: KeyLike
  /** Whom it is for: the name of a server, for example. `Tenpay.com Root CA` by default. */
  commonName?: string
  /** Start of validity; a minute ago by default. */
  from?: Date
  /** End of validity; five years after `from` by default. */
  to?: Date
}

/**
 * Issues a self-signed X.509 certificate in PEM, to use as a platform certificate:
 *
 * ```ts
 * const platform = { serial, privateKey, certificate: issueCertificate({ serial, privateKey }) }
 * ```
 */
export function issueCertificate(options: CertificateOptions): string {
  const { serial, privateKey, from = new Date(Date.now() - 60_000) } = options
  const { commonName = 'Tenpay.com Root CA' } = options
  const { to = new Date(from.getTime() + 5 * 365 * 24 * 3600_000) } = options
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const name = sequence(set(sequence(oid(2, 5, 4, 3), tagged(0x0c, Buffer.from(commonName)))))
  const algorithm = sequence(oid(1, 2, 840, 113549, 1, 1, 11), tagged(0x05, Buffer.alloc(0)))
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from(serial.padStart(serial.length + (serial.length % 2), '0'), 'hex')),
    algorithm,
    name,
    sequence(time(from), time(to)),
    name,
    spki,
  )
  const signature = sign('sha256', content, privateKey)
  const der = sequence(content, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

// The DER types that a certificate needs.

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const bytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...bytes]), content])
}

function sequence(...items: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(items))
}

function set(...items: Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(items))
}

/** Unsigned: a leading zero keeps a set high bit from reading as a minus sign. */
function integer(bytes: Buffer): Buffer {
  return tagged(0x02, (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

function oid(first: number, second: number, ...parts: number[]): Buffer {
  const bytes = parts.flatMap((part) => {
    const digits = [part & 127]
    for (let rest = part >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 127) | 128)
    return digits
  })
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

/** UTCTime, with a two-digit year, until 2049; GeneralizedTime after. */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  return at.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2)))
    : tagged(0x18, Buffer.from(digits))
}
