import { readFile } from 'node:fs/promises'
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Class, classes, type Disagreement } from './disagreements.ts'
import { EvidenceError } from './evidence-error.ts'

/**
 * Why disagreements of a kind stay. `*` in a pattern matches any characters; what is not given matches all. The first
 * judgement that matches decides.
 */
export interface Judgement {
  class: Class
  operation: string
  field: string
  side?: 'request' | 'response'
  source?: string
  /** Matches the message of the disagreement. */
  says: string
  reason: string
  line: number
}

/** A disagreement with the judgement that covers it. */
export interface Judged {
  disagreement: Disagreement
  judgement: Judgement
}

interface Applied {
  judged: Judged[]
  open: Disagreement[]
  /** Judgements that no longer cover a disagreement. */
  stale: Judgement[]
}

/** Separates disagreements that were judged from those that are open. */
export function applyJudgements(found: readonly Disagreement[], judgements: readonly Judgement[]): Applied {
  const matchers = judgements.map((judgement) => ({
    judgement,
    operation: pattern(judgement.operation),
    field: pattern(judgement.field),
    says: pattern(judgement.says),
  }))
  const applied: Applied = { judged: [], open: [], stale: [] }
  const used = new Set<Judgement>()
  for (const disagreement of found) {
    const match = matchers.find(
      ({ judgement, operation, field, says }) =>
        judgement.class === disagreement.class &&
        (judgement.side ?? disagreement.side) === disagreement.side &&
        (judgement.source === undefined || disagreement.sources.join() === judgement.source) &&
        operation.test(disagreement.operation) &&
        field.test(disagreement.field) &&
        says.test(disagreement.message),
    )
    if (match) {
      used.add(match.judgement)
      applied.judged.push({ disagreement, judgement: match.judgement })
    } else applied.open.push(disagreement)
  }
  applied.stale = judgements.filter((judgement) => !used.has(judgement))
  return applied
}

function pattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}

const keys = ['class', 'operation', 'field', 'side', 'source', 'says', 'reason']

/**
 * Reads the file of judgements.
 * @throws EvidenceError with the line of a malformed entry
 */
export async function readJudgements(file: string): Promise<Judgement[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new EvidenceError('ERR_EVIDENCE_JUDGEMENTS', `cannot read ${file}: ${error.code}`, { cause: error })
  })
  return parseJudgements(file, text)
}

/**
 * Parses the judgements: a list of objects, each with a class and a reason.
 * @throws EvidenceError with the line of a malformed entry
 */
function parseJudgements(file: string, text: string): Judgement[] {
  const lines = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const refuse = (offset: number, message: string): never => {
    throw new EvidenceError('ERR_EVIDENCE_JUDGEMENTS', `${file}:${lines.linePos(offset).line}: ${message}`)
  }
  const [broken] = yaml.errors
  if (broken) refuse(broken.pos[0], broken.message)
  if (!isSeq(yaml.contents)) return refuse(0, 'the file must be a list of judgements')
  return yaml.contents.items.map((node) => {
    const at = (node as Node).range?.[0] ?? 0
    if (!isMap(node)) return refuse(at, 'a judgement must be an object')
    const given = node.toJSON() as Record<string, unknown>
    for (const [name, value] of Object.entries(given))
      if (!keys.includes(name) || typeof value !== 'string')
        refuse(at, `${name} must be a text, and one of ${keys.join(', ')}`)
    const { class: kind, reason, side } = given as Record<string, string>
    if (!classes.includes(kind as Class)) refuse(at, `\`class\` must be one of ${classes.join(', ')}`)
    if (!reason) refuse(at, 'the judgement has no `reason`')
    if (side !== undefined && side !== 'request' && side !== 'response')
      refuse(at, '`side` must be request or response')
    return { operation: '*', field: '*', says: '*', ...given, line: lines.linePos(at).line } as Judgement
  })
}
