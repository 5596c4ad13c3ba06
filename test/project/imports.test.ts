import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

// Data walks one way through the folders. Biome keeps it so; this proves that it would notice.
const root = fileURLToPath(new URL('../../', import.meta.url))
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')

const forbidden: [file: string, from: string][] = [
  ['src/probe.ts', '../codegen/generate.ts'],
  ['src/keys/probe.ts', '../../codegen/docs/read.ts'],
  ['src/probe.ts', 'node:crypto'],
  ['src/probe.ts', '../sandbox/index.ts'],
  ['sandbox/probe.ts', '../codegen/spec/yaml.ts'],
  ['sandbox/probe.ts', '../src/index.ts'],
  ['sandbox/receive/probe.ts', '../../src/keys/pem.ts'],
  ['sandbox/probe.ts', '../generated/operations.ts'],
  ['codegen/probe.ts', '../src/index.ts'],
  ['codegen/probe.ts', '../sandbox/index.ts'],
  ['codegen/docs/probe.ts', '../spec/compile.ts'],
  ['codegen/docs/probe.ts', '../emit/emit.ts'],
  ['codegen/spec/probe.ts', '../emit/emit.ts'],
  ['codegen/spec/probe.ts', '../../generated/client.ts'],
  ['codegen/emit/probe.ts', '../docs/read.ts'],
  ['codegen/emit/probe.ts', '../spec/compile.ts'],
  ['codegen/docs/probe.ts', '../run/generate.ts'],
  ['codegen/diff/probe.ts', '../docs/read.ts'],
  ['codegen/diff/read/probe.ts', '../../commands/main.ts'],
]

const allowed: [file: string, from: string][] = [
  ['src/probe.ts', '../generated/client.ts'],
  ['sandbox/probe.ts', 'node:http'],
  ['codegen/spec/probe.ts', '../docs/read.ts'],
  ['codegen/emit/probe.ts', '../openapi/document.ts'],
  ['codegen/run/probe.ts', '../emit/emit.ts'],
]

// One file for each import, in a folder with the project's own settings.
function refused(): Set<string> {
  const folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  try {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
    for (const [index, [file, from]] of [...forbidden, ...allowed].entries()) {
      const path = join(folder, probe(file, index))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `import { a } from '${from}'\n\nexport const b = a\n`)
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [biome, 'lint', '--colors=off', '--max-diagnostics=none'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    const found = (stdout + stderr).matchAll(/^(\S+):\d+:\d+ lint\/style\/noRestrictedImports/gm)
    return new Set([...found].map(([, file]) => file!))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function probe(file: string, index: number): string {
  return file.replace('probe', `probe-${index}`)
}

const found = refused()

for (const [index, [file, from]] of forbidden.entries()) {
  test(`${file} may not import ${from}`, () => assert.ok(found.has(probe(file, index))))
}

for (const [index, [file, from]] of allowed.entries()) {
  test(`${file} may import ${from}`, () => assert.not.ok(found.has(probe(file, index + forbidden.length))))
}

test.run()
