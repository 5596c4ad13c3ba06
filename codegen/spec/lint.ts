import { createConfig, lintFromString } from '@redocly/openapi-core'
import { webhooksName } from './webhook-object.ts'

/** One finding of Redocly in a document: its rule, where (a JSON pointer), and what. */
export interface LintFinding {
  document: string
  rule: string
  severity: 'error' | 'warn'
  pointer: string
  message: string
}

/** Redocly's recommended rules that these documents leave out, each with its reason. */
export const exceptions = {
  'operation-4xx-response': 'Every operation answers errors of one shape under `default`.',
  'no-ambiguous-paths':
    'WeChat Pay serves fixed segments beside variables (…/images/upload, …/images/{media_id}); routers prefer the fixed one.',
  'no-path-trailing-slash':
    "Two real paths end with a slash, as the pages' samples and WeChat Pay's own clients have it.",
  'tag-description': 'Tags are group names of the index page; it says no more of them.',
} as const

/** The same for the notifications, which merchants serve. */
export const webhookExceptions = {
  'no-empty-servers': "The server of a notification is the merchant's.",
} as const

const configs = {
  paths: configWithout(exceptions),
  webhooks: configWithout({ ...exceptions, ...webhookExceptions }),
}

function configWithout(rules: Record<string, string>) {
  return createConfig({
    extends: ['recommended'],
    rules: Object.fromEntries(Object.keys(rules).map((rule) => [rule, 'off' as const])),
  })
}

/** Holds a document, as YAML, against Redocly's recommended rules. https://redocly.com/docs/cli/rules/recommended */
export async function lint(document: string, yaml: string): Promise<LintFinding[]> {
  const config = document === webhooksName ? configs.webhooks : configs.paths
  const problems = await lintFromString({
    source: yaml,
    absoluteRef: `${document}.yaml`,
    config: await config,
  })
  return problems.map(({ ruleId, severity, message, location }) => ({
    document,
    rule: ruleId,
    severity,
    pointer: location[0]?.pointer ?? '#/',
    message,
  }))
}
