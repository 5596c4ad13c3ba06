import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
      steps: { name?: string; uses?: string; run?: string; with?: Record<string, unknown> }[]
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

test('release.yml: what publishes has no secret, proves where it was built, and builds nothing', () => {
  const text = readFileSync(new URL('release.yml', folder), 'utf8')
  const { build, publish } = (parse(text) as Workflow).jobs
  const scripts = (job: typeof build) => job!.steps.flatMap(({ run }) => run ?? []).join('\n')
  assert.equal(build!.permissions, { contents: 'read' })
  assert.equal(publish!.permissions, { 'id-token': 'write' })
  assert.not.match(text, /secrets\.|NODE_AUTH_TOKEN/)
  assert.match(scripts(build), 'npm run prepublishOnly')
  assert.match(scripts(build), '. ./dist/codegen ./dist/sandbox')
  assert.not.match(scripts(publish), /npm (?!publish --provenance )/)
  assert.not.ok(publish!.steps.some(({ uses }) => uses?.startsWith('actions/checkout@')))
})

function stepOf(job: string, name: string): string {
  const { jobs }: Workflow = parse(readFileSync(new URL('docs.yml', folder), 'utf8'))
  return jobs[job]!.steps.find((step) => step.name === name)!.run!
}

/** Runs scripts as the runner does, in a folder of their own. */
function inFolder(
  use: (at: string, run: (script: string, env?: Record<string, string>) => number | null) => void,
) {
  const at = mkdtempSync(join(tmpdir(), 'workflow-'))
  try {
    use(at, (input, env = {}) => {
      const options = { cwd: at, encoding: 'utf8', timeout: 30_000, input } as const
      const all = { ...process.env, RUNNER_TEMP: at, DOCS: at, ...env }
      return spawnSync('bash', ['-e', '-o', 'pipefail', '-s'], { ...options, env: all }).status
    })
  } finally {
    rmSync(at, { recursive: true, force: true })
  }
}

const hasJq = spawnSync('jq', ['--version']).status === 0

for (const [code, summary, passes] of [
  [0, '{"findings":{"error":0}}', true],
  [1, '{"findings":{"error":2}}', true],
  [1, '', false],
  [2, '', false],
  [3, '{"findings":{"error":1}}', false],
  [70, '{"findings":{"error":2}}', false],
  [137, '', false],
] as const)
  test(`docs.yml: generate with code ${code} and ${summary || 'no summary'} ${passes ? 'goes on' : 'ends the job'}`, () => {
    inFolder((_, run) => {
      const jq = hasJq
        ? ''
        : 'jq() { node -p \'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).findings.error >= 0\' "$2"; }\n'
      const npm = 'npm() { printf %s "$SUMMARY"; return "$CODE"; }\n'
      const status = run(jq + npm + stepOf('compile', 'Regenerate'), {
        SUMMARY: summary,
        CODE: String(code),
      })
      assert.is(status === 0, passes, `${status}`)
    })
  })

test('docs.yml: the artifact changes spec/ and generated/ alone, whatever its patch says', () => {
  const apply = stepOf('propose', 'Propose').split('git config')[0]!
  const git = 'git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main'
  const changes: [change: string, changed: string | undefined][] = [
    ['echo new > spec/a.yaml; echo evil > .github/ci.yml; echo evil > package.json', 'spec/a.yaml'],
    ['echo new > generated/a.ts; echo evil > spec/overlays/a.yaml; echo evil > specs', 'generated/a.ts'],
    ['ln -s ../.github spec/link.yaml', undefined],
    ['echo new > generated/b.ts; chmod +x generated/b.ts', undefined],
  ]
  for (const [change, changed] of changes)
    inFolder((at, run) => {
      for (const name of ['spec/overlays', 'generated', '.github', 'proposal'])
        mkdirSync(join(at, name), { recursive: true })
      writeFileSync(join(at, 'spec/a.yaml'), 'old\n')
      writeFileSync(join(at, '.gitignore'), 'proposal\n')
      const patch = `${git} init -q . && ${git} add . && ${git} commit -qm a && (${change}) && git add --all
        git diff --cached --binary > proposal/changes.patch && git reset -q --hard && git clean -qfd -e proposal
        echo warning > proposal/level && git rev-parse HEAD > proposal/base`
      assert.is(run(patch), 0)
      const status = run(apply)
      if (changed === undefined) return assert.is.not(status, 0, change)
      assert.is(status, 0, change)
      const { stdout } = spawnSync('git', ['diff', '--cached', '--name-only'], { cwd: at, encoding: 'utf8' })
      assert.is(stdout, `${changed}\n`)
    })
})

test.run()
