import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

/** Stock openapi-typescript: every document of SPEC to one file of types below TO. */
const [spec, to] = process.argv.slice(2) as [string, string]

mkdirSync(to, { recursive: true })
for (const name of readdirSync(spec).filter((file) => file.endsWith('.yaml'))) {
  const nodes = await openapiTS(pathToFileURL(join(spec, name)), { silent: true })
  writeFileSync(join(to, name.replace('.yaml', '.ts')), astToString(nodes))
}
console.log(JSON.stringify({ memory: process.resourceUsage().maxRSS / 1024 }))
