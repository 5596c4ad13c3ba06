import { execFileSync } from 'node:child_process'
import { constants, privateDecrypt, publicEncrypt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1', 'rsa_mgf1_md:sha1'].flatMap((option) => [
  '-pkeyopt',
  option,
])
const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }

/** Has OpenSSL encrypt: its command line, which CI has, or on a bare machine the same library inside Node. */
export function opensslEncrypts(publicKey: string, plain: string | Uint8Array): string {
  const bytes = Buffer.from(plain)
  const cipher =
    run(['-encrypt', '-pubin'], publicKey, bytes) ?? publicEncrypt({ key: publicKey, ...padding }, bytes)
  return cipher.toString('base64')
}

/** Has OpenSSL decrypt; throws when it does not. */
export function opensslDecrypts(privateKey: string, base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  const plain = run(['-decrypt'], privateKey, bytes) ?? privateDecrypt({ key: privateKey, ...padding }, bytes)
  return plain.toString('utf8')
}

function run(args: string[], pem: string, input: Uint8Array): Buffer | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'oaep-'))
  const key = join(folder, 'key.pem')
  try {
    writeFileSync(key, pem)
    return execFileSync('openssl', ['pkeyutl', ...args, '-inkey', key, ...oaep], {
      input,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !process.env['CI']) return undefined
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}
