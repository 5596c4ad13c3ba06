import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueCertificate } from '../../sandbox/index.ts'
import { type Pair, rsaPair } from './keys.ts'

/** A platform certificate with its keys. */
export interface CertifiedPair extends Pair {
  /** Hexadecimal, in capitals. */
  serial: string
  certificate: string
}

/** A certificate made by OpenSSL's command line, which CI has; on a bare machine one that is made by hand. */
export function certified(serial: string, pair: Pair = rsaPair()): CertifiedPair {
  return { ...pair, serial, certificate: opensslCertificate(serial, pair.privateKey) }
}

function opensslCertificate(serial: string, privateKey: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  const key = join(folder, 'key.pem')
  writeFileSync(key, privateKey)
  try {
    const subject = '/C=CN/O=Tenpay.com/CN=Tenpay.com sign'
    return execFileSync(
      'openssl',
      ['req', '-x509', '-new', '-key', key, '-set_serial', `0x${serial}`, '-days', '1825', '-subj', subject],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' && process.env['CI'] === undefined
    if (missing) return issueCertificate({ serial, privateKey })
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}
