import type { Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import type { SampleValue } from './php.ts'
import type { Sample } from './sample.ts'

// Labels of values that are encrypted themselves, not of keys, algorithms or the act.
const cipherLabel = /^(?:加密后?的|密文)|(?:加密|密文)$/
// 256 bytes: what a key of 2048 bits makes.
const cipherText = /^[A-Za-z0-9+/]{342}==$/
const code = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/

/** The part of a call whose encryption is checked: its fields, and what the sample has for them. */
interface Part {
  fields: Field[]
  /** The options of the sample that the fields are in: `/json`, `/query`. */
  value: SampleValue | undefined
}

/**
 * Reports fields whose mark contradicts what else the page shows: a label or a sample of cipher text without the mark,
 * which would go out in plain, and a mark on a field whose sample is a plain code.
 */
export function checkEncryption(parts: readonly Part[], reporter: Reporter): void {
  for (const { fields, value } of parts)
    for (const field of fields) check(field, memberOf(value, field.name), reporter)
}

/** The parts of a sample's call that can have encrypted fields. */
export function encryptedParts(
  { query, json }: { query: Field[]; json?: Field },
  sample: Sample | undefined,
): Part[] {
  const options = sample?.options.value
  return [
    { fields: query, value: memberOf(options, 'query') },
    { fields: json?.children ?? [], value: memberOf(options, 'json') },
  ]
}

function check(field: Field, value: SampleValue | undefined, reporter: Reporter): void {
  const inner = Array.isArray(value) ? value[0] : value
  // A `ciphertext` is beside its nonce: the APIv3 key opens it.
  if (field.type === 'string' && !field.embedded && field.name !== 'ciphertext') {
    const label = field.description.term ?? ''
    if (field.encryption === undefined && cipherLabel.test(label))
      reporter.report(
        'encryption-unmarked',
        field,
        `${field.name} is not marked as encrypted, but its label is ${label}`,
      )
    else if (field.encryption === undefined && typeof inner === 'string' && cipherText.test(inner))
      reporter.report(
        'encryption-unmarked',
        field,
        `${field.name} is not marked as encrypted, but its sample is cipher text`,
      )
    else if (field.encryption === 'rsa' && typeof inner === 'string' && code.test(inner))
      reporter.report(
        'encryption-code',
        field,
        `${field.name} is marked as encrypted, but its sample is the plain code ${inner}`,
      )
  }
  for (const child of [...field.children, ...(field.embedded ?? [])])
    check(child, memberOf(inner, child.name), reporter)
}

function memberOf(value: SampleValue | undefined, name: string): SampleValue | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? value[name] : undefined
}
