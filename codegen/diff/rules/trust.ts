import type { RuleId } from './all-rules.ts'

const trust = [
  /^api-server-/,
  /^api-security-changed$/,
  /^endpoint-added-/,
  /^response-became-unsigned$/,
  /^(?:request-signed-part|response-signed-digest)-changed$/,
  /-(?:became-not-encrypted|became-encrypted|encryption-changed)$/,
]

/** Whether a change is of the host, the signature or the encryption: where money and personal data go. */
export function concernsTrust(rule: RuleId): boolean {
  return trust.some((pattern) => pattern.test(rule))
}
