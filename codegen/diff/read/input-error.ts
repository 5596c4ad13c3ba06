/** Why a side of a comparison, or the file of accepted changes, cannot be read. */
type DiffInputCode =
  | 'ERR_DIFF_MISSING'
  | 'ERR_DIFF_EMPTY'
  | 'ERR_DIFF_SYNTAX'
  | 'ERR_DIFF_NOT_OPENAPI'
  | 'ERR_DIFF_CONFLICT'
  | 'ERR_DIFF_TOO_LARGE'
  | 'ERR_DIFF_TOO_DEEP'
  | 'ERR_DIFF_PAGES'
  | 'ERR_DIFF_REVISION'
  | 'ERR_DIFF_PATH'
  | 'ERR_DIFF_REPOSITORY'
  | 'ERR_DIFF_GIT'
  | 'ERR_DIFF_ACCEPTED'

/** Input that cannot be read. The message says what was found, where, and what to do. */
export class DiffInputError extends Error {
  override name = 'DiffInputError'
  readonly code: DiffInputCode

  constructor(code: DiffInputCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
