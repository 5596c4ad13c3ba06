import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { install, run } from './support.ts'

/** Two tools that judge a package's `exports` and types: are the types wrong, and publint. */
const versions = ['@arethetypeswrong/core@0.18.5', 'publint@0.3.25']

/**
 * publint: without `node`, an `import` resolves to ES modules, whose types say CommonJS, like those of what Node loads.
 * They differ for a default import alone, and the package has no default export.
 */
const accepted = ['EXPORTS_TYPES_INVALID_FORMAT']

/** @param entries of the package `wechatpay-fetch`, with the dot */
export async function judgePackages(
  folder: string,
  tarballs: readonly string[],
  entries: readonly string[],
): Promise<void> {
  const project = join(folder, 'judges')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  await install(project, versions)
  writeFileSync(join(project, 'judge.js'), program)
  for (const tarball of tarballs) {
    const input = JSON.stringify({
      tarball,
      entries: tarball.includes('wechatpay-fetch-0') ? entries : ['.'],
      accepted,
    })
    const found = await run(process.execPath, ['judge.js', input], { cwd: project })
    if (found !== '') throw new Error(`${tarball}:\n${found}`)
  }
  console.log(`${versions.join(' and ')} find nothing wrong with ${tarballs.length} packages`)
}

const program = `
import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const { tarball, entries, accepted } = JSON.parse(process.argv[2])
const data = new Uint8Array(readFileSync(tarball))
const { problems } = await checkPackage(createPackageFromTarballData(data), { entrypoints: entries })
for (const problem of problems) console.log(JSON.stringify(problem))
const { messages, pkg } = await publint({ pack: { tarball: data.buffer.slice(0, data.length) } })
for (const message of messages) if (!accepted.includes(message.code)) console.log(formatMessage(message, pkg))
`
