import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { appFolder } from '../docs/support/app-folder.ts'
import { checkPrograms } from '../docs/support/check-programs.ts'
import { readCode } from '../docs/support/documents.ts'
import { programsOf } from '../docs/support/programs.ts'

const programs = programsOf(readCode(['sandbox/README.md']).blocks)
const folder = appFolder()
test.after(() => rmSync(folder, { recursive: true, force: true }))

test('the sample of the README compiles in a strict project without the DOM', () => {
  assert.is(programs.length, 1)
  assert.equal(checkPrograms(folder, programs), [])
})

test('the sample of the README runs', async () => {
  for (const { file, text } of programs) {
    writeFileSync(join(folder, file), text)
    const args = ['--import', import.meta.resolve('tsx'), file]
    await promisify(execFile)(process.execPath, args, { cwd: folder, timeout: 50_000 })
  }
})

test.run()
