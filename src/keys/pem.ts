import { fromBase64, toHex } from '../bytes.ts'
import { KeyError } from '../errors.ts'
import { armoured, type Block, blocks } from './armour.ts'
import { pkcs8, spki } from './pkcs1.ts'
import { readCertificate } from './x509.ts'

/** Which half of a key pair is expected. */
export type KeyKind = 'private' | 'public'

const wanted = { private: 'PRIVATE KEY', public: 'PUBLIC KEY' } as const

/** The labels accepted for each half, the preferred one first, and how each converts to PKCS#8 or SPKI. */
const readable: Record<KeyKind, Record<string, (der: Uint8Array) => Uint8Array | undefined>> = {
  private: { 'PRIVATE KEY': same, 'RSA PRIVATE KEY': pkcs8 },
  public: {
    'PUBLIC KEY': same,
    'RSA PUBLIC KEY': spki,
    CERTIFICATE: (der) => readCertificate(der)?.publicKey,
  },
}

/**
 * Finds the expected key in a PEM text and returns it as PKCS#8 or SPKI in PEM, as `jose` expects it. PKCS#1 is
 * wrapped, and a certificate gives its public key.
 *
 * @param text what the user passed, of any type
 * @param where the option's name, for messages
 * @throws {KeyError} that says what was passed instead, and how to convert it; it never quotes the text
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function pemBlock(text: unknown, kind: KeyKind, where: string): string {
  if (text === undefined || text === null) throw notPem(where, kind, 'is missing', unset)
  if (typeof text !== 'string') throw notPem(where, kind, 'is not a string', readAsText(kind))
  const found = preferred(blocks(text), kind)
  if (!found) throw noBlock(text, kind, where)
  const { label, content } = found
  const standard = readable[kind][label]
  // The older format of an encrypted key has the same label, and says so in a `Proc-Type` line.
  if (!standard || content.includes('Proc-Type:')) throw wrongLabel(found, kind, where)
  const body = content.replace(/\s+/g, '')
  const given = body ? fromBase64(body) : undefined
  if (!given)
    throw new KeyError('ERR_KEY_INVALID', `${where} has no valid base64 between its BEGIN and END lines`, {
      hint: damaged,
    })
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
      `${where} is incomplete: it has a BEGIN line, but no matching END line`,
      {
        hint: 'Copy the whole file, with all its lines',
      },
    )
  }
  const trimmed = text.trim()
  if (!trimmed) return notPem(where, kind, 'is empty', unset)
  if (trimmed.length < 300 && /\.(pem|key|p12|pfx|crt|cer)$|^[.~]{0,2}[/\\]|^[A-Za-z]:\\/i.test(trimmed)) {
    return notPem(where, kind, 'looks like a file path', readAsText(kind))
  }
  if (/^[A-Za-z0-9+/=\s]+$/.test(trimmed)) {
    return notPem(
      where,
      kind,
      'has no BEGIN and END lines',
      `Keep the line -----BEGIN ${wanted[kind]}----- and the END line`,
    )
  }
  return notPem(where, kind, 'is not a PEM', readAsText(kind))
}

function notPem(where: string, kind: KeyKind, got: string, hint: string): KeyError {
  return new KeyError(
    'ERR_KEY_NOT_PEM',
    `${where} ${got}; it must be a PEM that begins with -----BEGIN ${wanted[kind]}-----`,
    {
      hint,
    },
  )
}

const damaged = 'The PEM is damaged: copy it from the original file again'
const unset = 'Is the environment variable set, and the file not empty?'

function readAsText(kind: KeyKind): string {
  const file = kind === 'private' ? 'apiclient_key.pem' : 'pub_key.pem'
  return `Pass the file's content as text: readFileSync('${file}', 'utf8')`
}

function wrongLabel({ label, content }: Block, kind: KeyKind, where: string): KeyError {
  const hint = adviceFor(label, kind)
  const got = `${where} is a PEM of "${label}", but must be one of "${wanted[kind]}"`
  if (label.endsWith('CERTIFICATE')) return new KeyError('ERR_KEY_IS_CERTIFICATE', got, { hint })
  if (kind === 'public' && label.endsWith('PRIVATE KEY'))
    return new KeyError('ERR_KEY_IS_PRIVATE', got, { hint })
  if (label === 'ENCRYPTED PRIVATE KEY' || content.includes('ENCRYPTED')) {
    return new KeyError('ERR_KEY_ENCRYPTED', `${got}, without a passphrase`, {
      hint: adviceFor('ENCRYPTED PRIVATE KEY', kind),
    })
  }
  if (kind === 'private' && label.endsWith('PUBLIC KEY'))
    return new KeyError('ERR_KEY_IS_PUBLIC', got, { hint })
  if (/^(EC|DSA) /.test(label)) return new KeyError('ERR_KEY_NOT_RSA', got, { hint })
  return new KeyError('ERR_KEY_INVALID', got, { hint })
}

/** What to do about a PEM with the wrong label: one sentence, with an openssl command where one helps. */
function adviceFor(label: string, kind: KeyKind): string {
  return (kind === 'private' ? privateAdvice : publicAdvice)(label)
}

function privateAdvice(label: string): string {
  switch (label) {
    case 'ENCRYPTED PRIVATE KEY':
      return 'Remove the passphrase: openssl pkcs8 -topk8 -nocrypt -in key.pem -out apiclient_key.pem'
    case 'PUBLIC KEY':
    case 'RSA PUBLIC KEY':
      return 'A public key cannot sign: pass apiclient_key.pem, the private key of the merchant API certificate'
    case 'CERTIFICATE':
    case 'TRUSTED CERTIFICATE':
      return 'This looks like apiclient_cert.pem: pass apiclient_key.pem, or extract it with openssl pkcs12 -in apiclient_cert.p12 -nocerts -nodes'
    default:
      return 'Pass apiclient_key.pem, the private key of the merchant API certificate'
  }
}

function publicAdvice(label: string): string {
  switch (label) {
    case 'TRUSTED CERTIFICATE':
      return 'Convert it to a plain certificate: openssl x509 -in cert.pem'
    default:
      return 'Pass pub_key.pem, the WeChat Pay public key from the merchant platform'
  }
}

/** Looks for the object identifier rsaEncryption, which is among the first bytes of both PKCS#8 and SPKI. */
function isRsa(der: Uint8Array): boolean {
  return toHex(der.subarray(0, 40)).includes('06092a864886f70d010101')
}

function notRsaOrBroken(der: Uint8Array, where: string): KeyError {
  const start = toHex(der.subarray(0, 40))
  // id-ecPublicKey, Ed25519 and related curves, RSASSA-PSS, DSA
  if (/06072a8648ce3d0201|06032b65|06092a864886f70d01010a|06072a8648ce38/.test(start)) {
    return new KeyError('ERR_KEY_NOT_RSA', `${where} is a key, but must be an RSA key`, {
      hint: 'WeChat Pay uses RSA 2048 only: pass the key of the merchant API certificate, or the WeChat Pay public key',
    })
  }
  return new KeyError('ERR_KEY_INVALID', `${where} is a PEM, but its content is not a key`, {
    hint: damaged,
  })
}
