/** Why evidence, or the file of judgements, cannot be used. */
type EvidenceCode =
  | 'ERR_EVIDENCE_MISSING'
  | 'ERR_EVIDENCE_SYNTAX'
  | 'ERR_EVIDENCE_FORM'
  | 'ERR_EVIDENCE_OPERATION'
  | 'ERR_EVIDENCE_JUDGEMENTS'

/** Evidence that cannot be used. The message names the file, what is wrong with it, and what to do. */
export class EvidenceError extends Error {
  override name = 'EvidenceError'
  readonly code: EvidenceCode

  constructor(code: EvidenceCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
