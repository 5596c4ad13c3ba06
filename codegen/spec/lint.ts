import { createConfig, lintFromString } from '@redocly/openapi-core'
import { webhooksName } from './webhook-object.ts'

/** A finding of Redocly in a document. */
interface LintFinding {
  document: string
  rule: string
  severity: 'error' | 'warn'
  /** The place, as a JSON pointer. */
  pointer: string
  message: string
}

/** The recommended rules of Redocly that are off, each with the reason. */
const exceptions = {
  'operation-4xx-response': 'All error responses of an operation have one schema, under `default`.',
  'no-ambiguous-paths':
    'Where a path may have a fixed segment or a variable (…/images/upload, …/images/{media_id}), routers prefer the former.',
  'no-path-trailing-slash': "Two paths end with a slash, in the pages' samples and in WeChat Pay's own SDKs.",
  'tag-description': 'Tags are the groups of the index page, which does not describe them.',
} as const

/** The same for notifications, whose server is the merchant's. */
const webhookExceptions = {
  'no-empty-servers': 'The merchant decides which server receives notifications.',
  'no-illogical-composition-keywords':
    'Kinds of payload differ in what they require; their other fields overlap, as the same order appears in several kinds.',
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

/** Checks a document, as YAML, with Redocly's recommended rules. https://redocly.com/docs/cli/rules/recommended */
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
