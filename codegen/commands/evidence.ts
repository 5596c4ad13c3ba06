import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { byCodeUnit } from '../by-code-unit.ts'
import { disagreements, type SpecOperation } from '../evidence/disagreements.ts'
import { EvidenceError } from '../evidence/evidence-error.ts'
import { evidenceReport } from '../evidence/evidence-report.ts'
import { applyJudgements, readJudgements } from '../evidence/judgements.ts'
import { readEvidence } from '../evidence/read-evidence.ts'
import { specFacts } from '../evidence/spec-facts.ts'
import type { Document } from '../openapi/document.ts'
import { labelOf, operationsOf } from '../openapi/operations.ts'
import { exitCodes } from './exit-codes.ts'
import { parse, type Streams, UsageError } from './options.ts'

/** `evidence`: in what the spec and other implementations disagree; writes nothing. */
export async function runEvidence(args: string[], { stdout }: Streams): Promise<number> {
  const { values } = parse(args, {
    with: { type: 'string' },
    spec: { type: 'string', default: 'spec' },
    judgements: { type: 'string' },
  })
  if (values.with === undefined) throw new UsageError('evidence needs --with DIR')
  const sources = await readEvidence(values.with)
  const file = values.judgements ?? join(values.spec, 'evidence', 'judgements.yaml')
  const result = applyJudgements(
    disagreements(await readOperations(values.spec), sources),
    await readJudgements(file),
  )
  const [unknown] = result.open.filter((one) => one.class === 'operation')
  if (unknown)
    throw new EvidenceError(
      'ERR_EVIDENCE_OPERATION',
      `${unknown.sources.join()}.json has ${unknown.operation}, which the spec does not have: correct the name, add the operation by overlay, or judge it in ${file}`,
    )
  stdout.write(evidenceReport(result))
  return result.open.length + result.stale.length > 0 ? exitCodes.findings : exitCodes.fine
}

async function readOperations(folder: string): Promise<SpecOperation[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new EvidenceError('ERR_EVIDENCE_MISSING', `cannot read ${folder}: ${error.code}`, { cause: error })
  })
  const files = names.filter((name) => name.endsWith('.yaml')).sort(byCodeUnit)
  const documents = await Promise.all(
    files.map(async (name) => load(await readFile(join(folder, name), 'utf8')) as Document),
  )
  return documents.flatMap(operationsOf).map((placed) => ({
    label: labelOf(placed),
    aliases: placed.operation['x-path-aliases'] ?? [],
    ...specFacts(placed.operation),
  }))
}
