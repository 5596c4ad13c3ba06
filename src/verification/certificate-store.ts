import type { Clock } from '../clock.ts'
import { sameSerial } from '../keys/serial.ts'
import type { PlatformCertificate } from './certificate-list.ts'

/** How long a certificate that is no longer listed still verifies, for responses on their way. */
const grace = 12 * 60 * 60_000

/** The platform certificates of one client, old and new side by side. */
export class CertificateStore {
  private readonly clock: Clock
  private listed: readonly PlatformCertificate[] = []
  private former: readonly PlatformCertificate[] = []
  private renewed: number | undefined

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Milliseconds since the list was renewed; infinite before the first list, and when the clock was set back. */
  get age(): number {
    const age = this.clock() - (this.renewed ?? Number.POSITIVE_INFINITY)
    return age >= 0 ? age : Number.POSITIVE_INFINITY
  }

  /** Replaces the list. Certificates that are no longer listed are trusted a little longer. */
  replace(list: readonly PlatformCertificate[]): void {
    const now = this.clock()
    const still = now + grace
    const dropped = this.listed.map((one) => ({ ...one, until: Math.min(one.until, still) }))
    this.former = [...dropped, ...this.former].filter(
      ({ serial, until }) => until > now && !list.some((one) => sameSerial(one.serial, serial)),
    )
    this.listed = list
    this.renewed = now
  }

  /** A certificate that has not expired. It may not be in effect yet: only WeChat Pay can sign with it all the same. */
  find(serial: string): PlatformCertificate | undefined {
    const now = this.clock()
    return [...this.listed, ...this.former].find((one) => one.until > now && sameSerial(one.serial, serial))
  }

  /** The listed certificate in effect that took effect last. */
  newest(): PlatformCertificate | undefined {
    const now = this.clock()
    const inEffect = this.listed.filter(({ from, until }) => from <= now && now < until)
    return inEffect.sort((a, b) => b.from - a.from || b.until - a.until)[0]
  }

  /** Serials of the listed certificates that have not expired. */
  serials(): string[] {
    const now = this.clock()
    return this.listed.filter(({ until }) => until > now).map(({ serial }) => serial)
  }
}
