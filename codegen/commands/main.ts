import { exitCodes, thrownCode } from './exit-codes.ts'
import { type Streams, UsageError } from './options.ts'

const usage = `wechatpay-fetch-codegen <command>

  generate --docs DIR [--out DIR] [--only DOMAIN…] [--descriptions terms|full|none] [--runtime MODULE] [--json] [--watch] [--no-cache]
           compiles pages to spec/ and generated/ below --out (default: this folder)
           --watch: compiles again whenever a page is saved
           --no-cache: does not use the results kept in node_modules/.cache

  check    --docs DIR [--drift] [--out DIR] [--runtime MODULE] [--only DOMAIN…] [--format text|json|sarif]
           reports irregularities of the pages and faults of the spec; writes nothing
           --drift: fails when spec/ and generated/ below --out differ from what the pages give

  diff     OLD NEW [--format text|markdown|json|html|github] [--out FILE] [--lang en|zh] [--only DOMAIN…]
           reports what a change of the spec breaks: on the wire, and for the compiler
           --fail-on breaking|warning [--judgement wire|types]: exits with 1 when there is such a change
           --accept FINGERPRINT… --reason TEXT [--accepted FILE]: accepts a change that is known and wanted
           --pages-url URL, --spec-url URL: the base addresses of links in the HTML
           --rules: lists every kind of change and how it is judged

  review   [--base REV] [--out FILE] [--lang en|zh] [--write]
           compares the working tree's spec with main: writes a page, and drafts a section of CHANGELOG.md
           --write: adds the draft to CHANGELOG.md

  evidence --with DIR [--spec DIR] [--judgements FILE]
           reports in what the spec and other implementations disagree; what was judged is in spec/evidence/

DIR holds the Markdown pages; a single page will do. OLD and NEW are each a file or folder of the spec, a folder of
pages, or a git revision (main, HEAD~3:spec); "v1.2.0.." is a revision against the working tree. Exit codes: 0 fine, 1 findings, 2 usage,
3 input, 70 a fault of this program.
`

/**
 * Runs one command.
 * @param argv the arguments after the program's name
 * @returns the exit code
 */
export async function runCommand(argv: string[], streams: Streams): Promise<number> {
  try {
    return await dispatch(argv, streams)
  } catch (error) {
    if (error instanceof UsageError) {
      streams.stderr.write(`${error.message}\n\n${usage}`)
      return exitCodes.usage
    }
    const exit = thrownCode(error)
    const { code, path, message, stack } = error as NodeJS.ErrnoException
    if (exit === exitCodes.fault)
      streams.stderr.write(`a fault of this program, please report it: ${stack ?? message}\n`)
    else if (!/^ERR_/.test(code ?? '') && path)
      streams.stderr.write(`cannot read or write ${path}: ${code}\n`)
    else streams.stderr.write(`${message}\n`)
    return exit
  }
}

// Each command loads what it needs: a diff needs no TypeScript, and the pages no diff.
async function dispatch(argv: string[], streams: Streams): Promise<number> {
  const [command, ...rest] = argv
  if (command === 'generate') return (await import('./generate.ts')).runGenerate(rest, streams)
  if (command === 'check') return (await import('./check.ts')).runCheck(rest, streams)
  if (command === 'diff') return (await import('./diff.ts')).runDiff(rest, streams)
  if (command === 'review') return (await import('./review.ts')).runReview(rest, streams)
  if (command === 'evidence') return (await import('./evidence.ts')).runEvidence(rest, streams)
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
    streams.stdout.write(usage)
    return command === undefined ? exitCodes.usage : exitCodes.fine
  }
  throw new UsageError(`unknown command ${command}`)
}
