import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'

/**
 * OpenSSL's digest in hexadecimal, by its command, or by the library in Node when there is no command.
 */
export function opensslDigest(algorithm: 'sha1' | 'sha256' | 'sm3', bytes: Uint8Array): string {
  try {
    const said = execFileSync('openssl', ['dgst', `-${algorithm}`, '-r'], { input: bytes, encoding: 'utf8' })
    return said.split(' ')[0]!
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || process.env['CI'] !== undefined) throw error
    return createHash(algorithm).update(bytes).digest('hex')
  }
}
