import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { exitCodes } from '../../codegen/commands/exit-codes.ts'

// What a workflow must hold to, since nothing runs it here.
const folder = new URL('../../.github/workflows/', import.meta.url)

interface Workflow {
  on: Record<string, unknown>
  permissions: Record<string, string>
  jobs: Record<
    string,
    {
      permissions: Record<string, string>
      'timeout-minutes': number
      steps: { uses?: string; run?: string; with?: Record<string, unknown> }[]
    }
  >
}

for (const name of readdirSync(folder)) {
  const workflow: Workflow = parse(readFileSync(new URL(name, folder), 'utf8'))
  const jobs = Object.values(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps)
  const scripts = steps.flatMap(({ run }) => run ?? [])

  test(`${name}: scripts get values by the environment, never by interpolation`, () => {
    assert.ok(scripts.length > 0)
    for (const script of scripts) assert.not.match(script, /\$\{\{/)
  })

  test(`${name}: scripts are shell`, () => {
    for (const script of scripts) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })
      assert.is(status, 0, stderr)
    }
  })

  test(`${name}: actions are pinned by commit`, () => {
    for (const { uses } of steps) if (uses) assert.match(uses, /@[0-9a-f]{40}$/)
    const text = readFileSync(new URL(name, folder), 'utf8')
    for (const [line] of text.matchAll(/^.*uses:.*$/gm)) assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test(`${name}: no permission but those of a job, no credentials left by a checkout, an end`, () => {
    assert.equal(workflow.permissions, {})
    for (const job of jobs) {
      for (const permission of Object.keys(job.permissions)) {
        assert.ok(['contents', 'pull-requests', 'id-token'].includes(permission), permission)
      }
      assert.ok(job['timeout-minutes'] <= 30)
    }
    for (const step of steps) {
      if (step.uses?.startsWith('actions/checkout@')) assert.is(step.with?.['persist-credentials'], false)
    }
  })

  test(`${name}: a job that reads pages or runs what they made has no right to write, and no token`, () => {
    for (const job of jobs) {
      const writes = Object.entries(job.permissions).some(
        ([name, right]) => right === 'write' && name !== 'id-token',
      )
      const runs = job.steps.flatMap(({ run }) => run ?? []).join('\n')
      const pages = JSON.stringify(job.steps).includes('DOCS')
      if (writes) assert.not.match(runs, /\b(?:npm|npx|node|tsx)\b/)
      if (writes) assert.not.ok(pages)
      if (!writes) assert.not.match(JSON.stringify(job), /github\.token|secrets\./)
    }
  })

  test(`${name}: nobody from outside starts it`, () => {
    for (const event of Object.keys(workflow.on)) {
      assert.ok(['schedule', 'workflow_dispatch', 'push'].includes(event), event)
    }
  })
}

test('docs.yml tolerates the code of pages that do not compile, and no other', () => {
  const text = readFileSync(new URL('docs.yml', folder), 'utf8')
  const tolerated = [...text.matchAll(/\|\| (\[ \$\?.*)/g)].map(([, rest]) => rest)
  assert.equal(tolerated, [`[ $? -eq ${exitCodes.findings} ]`])
  assert.not.match(text, /continue-on-error|\|\| true|set \+e/)
})

test('docs.yml takes from the artifact what it compares, in spec/ and generated/ alone', () => {
  const { jobs }: Workflow = parse(readFileSync(new URL('docs.yml', folder), 'utf8'))
  assert.equal(Object.keys(jobs), ['compile', 'propose'])
  const script = jobs['propose']!.steps.flatMap(({ run }) => run ?? []).join('\n')
  assert.match(
    script,
    "git apply --index --exclude='spec/*/*' --include='spec/*.yaml' --include='generated/*.ts'",
  )
  assert.match(script, 'breaking | warning | info')
})

test('release.yml publishes every package with provenance', () => {
  const { jobs }: Workflow = parse(readFileSync(new URL('release.yml', folder), 'utf8'))
  const script = jobs['publish']!.steps.flatMap(({ run }) => run ?? []).join('\n')
  const published = script.match(/npm publish.*/g) ?? []
  assert.is(published.length, 3)
  for (const line of published) assert.match(line, '--provenance')
})

test.run()
