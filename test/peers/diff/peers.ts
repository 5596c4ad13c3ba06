import { apiDiff } from 'api-smart-diff'
import { compare } from '../../../codegen/diff/compare/compare.ts'
import type { Document } from '../../../codegen/openapi/document.ts'
import type { Oasdiff } from './oasdiff.ts'

/** Whether a change breaks a deployed app in the opinion of a tool: `nothing` if it sees no change. */
type Opinion = 'breaking' | 'not breaking' | 'nothing' | 'fails'

export const peers = ['oasdiff', 'api-smart-diff'] as const

export type Peer = (typeof peers)[number]

/** Our opinion and those of the peers. */
export type Opinions = Record<'ours' | Peer, Opinion>

type Spec = ReadonlyMap<string, Document>

/** The opinions about two specs. */
export function opinions(before: Spec, after: Spec, oasdiff: Oasdiff): Opinions {
  const { changes } = compare(before, after)
  const [old, now] = [merged(before), merged(after)]
  return {
    ours: opinion(
      changes.length,
      changes.some(({ wire }) => wire === 'breaking'),
    ),
    oasdiff: orFails(() => {
      const theirs = oasdiff.changelog(old, now)
      return opinion(
        theirs.length,
        theirs.some(({ level }) => level === 3),
      )
    }),
    'api-smart-diff': orFails(() => {
      const theirs = apiDiff(old, now)
      return opinion(
        theirs.length,
        theirs.some(({ type }) => type === 'breaking'),
      )
    }),
  }
}

function opinion(count: number, breaking: boolean): Opinion {
  return breaking ? 'breaking' : count > 0 ? 'not breaking' : 'nothing'
}

function orFails(ask: () => Opinion): Opinion {
  try {
    return ask()
  } catch {
    return 'fails'
  }
}

/** All documents as one, which is what the peers compare. Shared components are equal in all of ours. */
export function merged(spec: Spec): Record<string, unknown> {
  const documents = [...spec.values()]
  const all = (name: 'paths' | 'webhooks') => Object.assign({}, ...documents.map((one) => one[name] ?? {}))
  const webhooks = all('webhooks')
  const components: Record<string, object> = {}
  for (const { components: own } of documents)
    for (const [kind, values] of Object.entries(own ?? {}))
      components[kind] = { ...components[kind], ...(values as object) }
  const { servers, security } = documents[0] ?? {}
  return {
    openapi: '3.1.0',
    info: { title: 'merged', version: 'v3' },
    ...(servers && { servers }),
    ...(security && { security }),
    paths: all('paths'),
    ...(Object.keys(webhooks).length > 0 && { webhooks }),
    components,
  }
}
