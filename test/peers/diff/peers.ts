import { apiDiff } from 'api-smart-diff'
import { compare } from '../../../codegen/diff/compare/compare.ts'
import type { Document } from '../../../codegen/openapi/document.ts'
import type { Oasdiff } from './oasdiff.ts'

/** What each tool makes of a pair: does it break a deployed app? Nothing where a tool sees no change, or fails. */
type Opinion = 'breaking' | 'not breaking' | 'nothing' | 'fails'

/** Who is asked. */
export const peers = ['oasdiff', 'api-smart-diff'] as const

export type Peer = (typeof peers)[number]

/** Our opinion and the peers'. */
export type Opinions = Record<'ours' | Peer, Opinion>

type Spec = ReadonlyMap<string, Document>

/** Asks all about two specs. */
export function opinions(before: Spec, after: Spec, oasdiff: Oasdiff): Opinions {
  const { changes } = compare(before, after)
  const [old, now] = [merged(before), merged(after)]
  return {
    ours: opinion(
      changes.length,
      changes.some(({ wire }) => wire === 'breaking'),
    ),
    oasdiff: careful(() => {
      const told = oasdiff.changelog(old, now)
      return opinion(
        told.length,
        told.some(({ level }) => level === 3),
      )
    }),
    'api-smart-diff': careful(() => {
      const told = apiDiff(old, now)
      return opinion(
        told.length,
        told.some(({ type }) => type === 'breaking'),
      )
    }),
  }
}

function opinion(count: number, breaking: boolean): Opinion {
  return breaking ? 'breaking' : count > 0 ? 'not breaking' : 'nothing'
}

function careful(ask: () => Opinion): Opinion {
  try {
    return ask()
  } catch {
    return 'fails'
  }
}

/** The peers compare one document. Shared parts are the same in all of ours. */
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
