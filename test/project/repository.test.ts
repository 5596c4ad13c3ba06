import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { publishProblem, repository, repositoryFields } from '../../repository.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

test('one constant gives repository, bugs and homepage', () => {
  assert.equal(repositoryFields('owner/name'), {
    repository: { type: 'git', url: 'git+https://github.com/owner/name.git' },
    bugs: { url: 'https://github.com/owner/name/issues' },
    homepage: 'https://github.com/owner/name#readme',
  })
})

test('nothing can be published while it is empty, malformed or not in the manifest', () => {
  for (const name of ['', 'name', 'https://github.com/owner/name', 'owner/name/more', 'owner /name'])
    assert.match(
      publishProblem({ ...manifest, ...repositoryFields('owner/name') }, name)!,
      'repository.ts must be',
    )
  assert.match(publishProblem({}, 'owner/name')!, 'repository in package.json')
  assert.is(publishProblem({ ...manifest, ...repositoryFields('owner/name') }, 'owner/name'), undefined)
})

test('npm runs the check before it publishes', () => {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'prepublishOnly'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
    shell: process.platform === 'win32',
  })
  assert.is(status, publishProblem(manifest) ? 1 : 0, stderr)
  if (repository === '') assert.match(stderr, 'cannot publish')
})

test.run()
