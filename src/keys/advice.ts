import type { KeyKind } from './pem.ts'

/** What to do with a PEM of the wrong label: one sentence, with the openssl command where there is one. */
export function converting(label: string, kind: KeyKind): string {
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
