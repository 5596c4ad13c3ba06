/** Exit codes of every command. docs/pipeline.md has the same table. */
export const exitCodes = {
  /** The command did its work and found nothing. */
  fine: 0,
  /** It did its work, and something is to be looked at: a page with an error, drift, a breaking change, a disagreement. */
  findings: 1,
  /** It was typed wrong. */
  usage: 2,
  /** A folder, a file, a revision or a domain does not exist, or cannot be read or written. */
  input: 3,
  /** A fault of this program. */
  fault: 70,
} as const

/** Of pages: an error in a page is a finding, a folder without a readable page is wrong input. */
export function pagesCode(pages: number, errors: number): number {
  if (pages === 0) return exitCodes.input
  return errors === 0 ? exitCodes.fine : exitCodes.findings
}

/** Of what a command threw: what is wrong outside is input, anything else a fault. */
export function thrownCode(thrown: unknown): number {
  const { name, code, syscall, path } = Object(thrown) as NodeJS.ErrnoException
  const ours = typeof code === 'string' && /^ERR_(?:DIFF|EVIDENCE|OUTPUT)_/.test(code)
  const ofSystem = syscall !== undefined || path !== undefined
  return ours || ofSystem || name === 'YAMLParseError' ? exitCodes.input : exitCodes.fault
}
