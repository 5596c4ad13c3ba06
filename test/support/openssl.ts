import { execFileSync } from 'node:child_process'
import { createHash, createHmac, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Asks OpenSSL, which shares no code with us, whether a signature is right: its command line, which CI has, or on a
 * bare machine the same library inside Node.
 */
export function opensslVerifies(publicKey: string, message: Uint8Array, signature: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'signature-'))
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  try {
    const key = file('key.pem', publicKey)
    const bytes = file('signature', Buffer.from(signature, 'base64'))
    const text = file('message', message)
    const said = execFileSync('openssl', ['dgst', '-sha256', '-verify', key, '-signature', bytes, text], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return said.trim() === 'Verified OK'
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' && process.env['CI'] === undefined
    return missing && verify('sha256', message, publicKey, Buffer.from(signature, 'base64'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** OpenSSL's MD5 or HMAC-SHA256 in upper-case hexadecimal, by its command, or by the library in Node. */
export function opensslSign(type: 'HMAC-SHA256' | 'MD5', message: string, key: string): string {
  const args = type === 'MD5' ? ['-md5'] : ['-sha256', '-hmac', key]
  try {
    const said = execFileSync('openssl', ['dgst', ...args, '-r'], { input: message, encoding: 'utf8' })
    return said.split(' ')[0]!.toUpperCase()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || process.env['CI'] !== undefined) throw error
    const digest = type === 'MD5' ? createHash('md5') : createHmac('sha256', key)
    return digest.update(message).digest('hex').toUpperCase()
  }
}
