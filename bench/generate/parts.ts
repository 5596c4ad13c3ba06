import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

/**
 * The parts that no compiler of these pages to TypeScript can do without, one a process:
 *
 *     markdown DOCS        markdown-it with attrs parses every page that is compiled
 *     types SPEC           openapi-typescript's transformSchema on every document, and its printer
 *     write FROM TO        writes what is generated
 *
 * Prints milliseconds of the part alone (reading its input is not counted) and the peak memory in MiB.
 */
const [part, from, to] = process.argv.slice(2) as [string, string, string?]

const parts: Record<string, () => Promise<() => void>> = { markdown, types, write }

const run = await parts[part]!()
const since = performance.now()
run()
const milliseconds = performance.now() - since
console.log(JSON.stringify({ milliseconds, memory: process.resourceUsage().maxRSS / 1024 }))

async function markdown() {
  const { default: MarkdownIt } = await import('markdown-it')
  const { default: attrs } = await import('markdown-it-attrs')
  const markdownIt = new MarkdownIt({ html: true }).use(attrs as never)
  const pages = files(from)
    .filter((name) => name.endsWith('.md') && !name.includes('v2/'))
    .map((name) => readFileSync(name, 'utf8'))
  return () => {
    for (const page of pages) markdownIt.parse(page, {})
  }
}

async function types() {
  const { astToString, transformSchema } = await import('openapi-typescript')
  const { Config } = await import('@redocly/openapi-core')
  const documents = files(from)
    .filter((name) => name.endsWith('.yaml') && !name.includes('overlays'))
    .map((name) => parse(readFileSync(name, 'utf8')))
  return () => {
    for (const document of documents) {
      const resolve = (ref: string) =>
        ref
          .slice(2)
          .split('/')
          .reduce((node, key) => node?.[key], document)
      const context = {
        discriminators: { objects: {}, refsHandled: [] },
        injectFooter: [],
        redoc: Config,
        resolve,
      }
      astToString(transformSchema(document, context as never))
    }
  }
}

async function write() {
  const texts = files(from).map((name) => [name.slice(from.length), readFileSync(name)] as const)
  rmSync(to!, { recursive: true, force: true })
  return () => {
    for (const [name, text] of texts) {
      const target = join(to!, name)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text)
    }
  }
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
