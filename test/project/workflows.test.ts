import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'

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

  test(`${name}: actions are pinned to a full version`, () => {
    for (const { uses } of steps) {
      if (uses) assert.match(uses, /@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/)
    }
  })

  test(`${name}: no permission but those of a job, no credentials left by a checkout, an end`, () => {
    assert.equal(workflow.permissions, {})
    for (const job of jobs) {
      for (const permission of Object.keys(job.permissions)) {
        assert.ok(['contents', 'pull-requests'].includes(permission), permission)
      }
      assert.ok(job['timeout-minutes'] <= 30)
    }
    for (const step of steps) {
      if (step.uses?.startsWith('actions/checkout@')) assert.is(step.with?.['persist-credentials'], false)
    }
  })

  test(`${name}: nobody from outside starts it`, () => {
    for (const event of Object.keys(workflow.on)) {
      assert.ok(['schedule', 'workflow_dispatch', 'push'].includes(event), event)
    }
  })
}

test.run()
