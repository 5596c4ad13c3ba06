/** A text that cannot be read, and the line of it that is at fault. */
export class LineError extends Error {
  /** Counts from 1. */
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.name = 'LineError'
    this.line = line
  }
}
