/** Why nothing is written to the output folder. */
type OutputCode = 'ERR_OUTPUT_LINK' | 'ERR_OUTPUT_JOURNAL'

/** The output folder is not one to write to. The message says what is in the way, and what to do. */
export class OutputError extends Error {
  override name = 'OutputError'
  readonly code: OutputCode

  constructor(code: OutputCode, message: string) {
    super(message)
    this.code = code
  }
}
