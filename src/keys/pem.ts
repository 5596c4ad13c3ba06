import { fromBase64, toHex } from '../bytes.ts'
import { KeyError } from '../errors.ts'
import { armoured, type Block, blocks } from './armour.ts'
import { pkcs8, spki } from './pkcs1.ts'
import { readCertificate } from './x509.ts'

/** Which half of a pair is wanted. */
export type KeyKind = 'private' | 'public'

const wanted = { private: 'PRIVATE KEY', public: 'PUBLIC KEY' } as const

/** Labels that hold the wanted half, the preferred one first, and how each becomes PKCS#8 or SPKI. */
const readable: Record<KeyKind, Record<string, (der: Uint8Array) => Uint8Array | undefined>> = {
  private: { 'PRIVATE KEY': same, 'RSA PRIVATE KEY': pkcs8 },
  public: {
    'PUBLIC KEY': same,
    'RSA PUBLIC KEY': spki,
    CERTIFICATE: (der) => readCertificate(der)?.publicKey,
  },
}

/**
 * Finds the wanted key in a PEM text and returns it as `jose` expects it: PKCS#8 or SPKI. PKCS#1 is
 * wrapped, and a certificate gives its public key.
 *
 * @param text what the user gave; anything
 * @param where the option's name, for messages
 * @throws {KeyError} that says what it is instead and how to convert it; it never quotes the text
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function pemBlock(text: unknown, kind: KeyKind, where: string): string {
  if (typeof text !== 'string') throw notPem(where, kind, 'is not text', readAsText(kind))
  const found = preferred(blocks(text), kind)
  if (!found) throw noBlock(text, kind, where)
  const { label, content } = found
  const standard = readable[kind][label]
  // The older form says so in a line of its own, under the same label.
  if (!standard || content.includes('Proc-Type:')) throw wrongLabel(found, kind, where)
  const body = content.replace(/\s+/g, '')
  const given = body ? fromBase64(body) : undefined
  if (!given)
    throw new KeyError('ERR_KEY_INVALID', `${where} has PEM lines with no readable base64 between them`)
  const der = standard(given)
  if (!der || !isRsa(der)) throw notRsaOrBroken(der ?? given, where)
  return armoured(wanted[kind], der)
}

function preferred(all: Block[], kind: KeyKind): Block | undefined {
  for (const label of Object.keys(readable[kind])) {
    const found = all.find((block) => block.label === label)
    if (found) return found
  }
  return all[0]
}

function same(der: Uint8Array): Uint8Array {
  return der
}

function noBlock(text: string, kind: KeyKind, where: string): KeyError {
  if (text.includes('-----BEGIN ')) {
    return new KeyError(
      'ERR_KEY_INVALID',
      `${where} is cut off: it has a BEGIN line and no END line to match`,
      {
        hint: 'Copy the whole file, all lines of it',
      },
    )
  }
  const trimmed = text.trim()
  if (!trimmed) return notPem(where, kind, 'is empty', 'Is the environment variable or the file set?')
  if (trimmed.length < 300 && /\.(pem|key|p12|pfx|crt|cer)$|^[.~]{0,2}[/\\]|^[A-Za-z]:\\/i.test(trimmed)) {
    return notPem(where, kind, 'looks like the path of a file', readAsText(kind))
  }
  if (/^[A-Za-z0-9+/=\s]+$/.test(trimmed)) {
    return notPem(
      where,
      kind,
      'is without its armour',
      `Keep the line -----BEGIN ${wanted[kind]}----- and the END line`,
    )
  }
  return notPem(where, kind, 'is not a PEM', readAsText(kind))
}

function notPem(where: string, kind: KeyKind, got: string, hint: string): KeyError {
  return new KeyError(
    'ERR_KEY_NOT_PEM',
    `${where} ${got}; a PEM that begins with -----BEGIN ${wanted[kind]}----- is needed`,
    {
      hint,
    },
  )
}

function readAsText(kind: KeyKind): string {
  const file = kind === 'private' ? 'apiclient_key.pem' : 'pub_key.pem'
  return `Give the file's content as text: readFileSync('${file}', 'utf8')`
}

function wrongLabel({ label, content }: Block, kind: KeyKind, where: string): KeyError {
  const hint = converting(label, kind)
  const got = `${where} is a PEM of "${label}"; "${wanted[kind]}" is needed`
  if (label.endsWith('CERTIFICATE')) return new KeyError('ERR_KEY_IS_CERTIFICATE', got, { hint })
  if (kind === 'public' && label.endsWith('PRIVATE KEY'))
    return new KeyError('ERR_KEY_IS_PRIVATE', got, { hint })
  if (label === 'ENCRYPTED PRIVATE KEY' || content.includes('ENCRYPTED')) {
    return new KeyError('ERR_KEY_ENCRYPTED', `${got}, without a passphrase`, {
      hint: converting('ENCRYPTED PRIVATE KEY', kind),
    })
  }
  if (kind === 'private' && label.endsWith('PUBLIC KEY'))
    return new KeyError('ERR_KEY_IS_PUBLIC', got, { hint })
  if (/^(EC|DSA) /.test(label)) return new KeyError('ERR_KEY_NOT_RSA', got, { hint })
  return new KeyError('ERR_KEY_INVALID', got, { hint })
}

/** What to do with a PEM of the wrong label: one sentence, with the openssl command where there is one. */
function converting(label: string, kind: KeyKind): string {
  return (kind === 'private' ? privateAdvice : publicAdvice)(label)
}

function privateAdvice(label: string): string {
  switch (label) {
    case 'ENCRYPTED PRIVATE KEY':
      return 'Take the passphrase off: openssl pkcs8 -topk8 -nocrypt -in key.pem -out apiclient_key.pem'
    case 'PUBLIC KEY':
    case 'RSA PUBLIC KEY':
      return 'A public key cannot sign: give apiclient_key.pem, the private key of the merchant API certificate'
    case 'CERTIFICATE':
    case 'TRUSTED CERTIFICATE':
      return 'That is apiclient_cert.pem; give apiclient_key.pem, or openssl pkcs12 -in apiclient_cert.p12 -nocerts -nodes'
    default:
      return 'Give apiclient_key.pem, the private key of the merchant API certificate'
  }
}

function publicAdvice(label: string): string {
  switch (label) {
    case 'TRUSTED CERTIFICATE':
      return 'Write it as a plain certificate: openssl x509 -in cert.pem'
    default:
      return 'Give pub_key.pem, the WeChat Pay public key that the merchant platform offers for download'
  }
}

/** The object identifier rsaEncryption stands within the first bytes of both PKCS#8 and SPKI. */
function isRsa(der: Uint8Array): boolean {
  return toHex(der.subarray(0, 40)).includes('06092a864886f70d010101')
}

function notRsaOrBroken(der: Uint8Array, where: string): KeyError {
  const start = toHex(der.subarray(0, 40))
  // id-ecPublicKey, Ed25519 and its kin, RSASSA-PSS, DSA
  if (/06072a8648ce3d0201|06032b65|06092a864886f70d01010a|06072a8648ce38/.test(start)) {
    return new KeyError('ERR_KEY_NOT_RSA', `${where} is a key, but not an RSA key`, {
      hint: 'WeChat Pay signs with RSA 2048 only: use the key that came with the merchant API certificate',
    })
  }
  return new KeyError('ERR_KEY_INVALID', `${where} is a PEM, but what it holds is not a key`, {
    hint: 'It is damaged: take it from the original file again',
  })
}
