import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** hey-api's openapi-ts, its types plug-in alone: every document of SPEC to a folder below TO. */
const [spec, to, from] = process.argv.slice(2)
const { createClient } = await import(from)

for (const name of readdirSync(spec).filter((file) => file.endsWith('.yaml'))) {
  await createClient({
    input: join(spec, name),
    output: { path: join(to, name.replace('.yaml', '')), clean: false },
    plugins: ['@hey-api/typescript'],
    logs: { level: 'silent', file: false },
  })
}
console.log(JSON.stringify({ memory: process.resourceUsage().maxRSS / 1024 }))
