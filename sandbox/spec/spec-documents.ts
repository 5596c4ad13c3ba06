import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'

// The package holds all documents in one compressed file; a checkout has them as YAML.
const packed = new URL('../spec.json.br', import.meta.url)
const checkout = new URL('../../spec/', import.meta.url)

/**
 * The OpenAPI 3.1 documents of this package, for {@link startSandbox} or any other tool: one a product domain, such as
 * `pay`, and `webhooks`.
 *
 * ```ts
 * const { pay, refund } = await specDocuments(['pay', 'refund'])
 * ```
 *
 * @param names only these; all, if not given
 * @throws {RangeError} for a name that there is not
 */
export async function specDocuments(names?: readonly string[]): Promise<Record<string, object>> {
  const source = existsSync(packed) ? unpack() : await checkedOut()
  const wanted = names ?? source.names
  const unknown = wanted.find((name) => !source.names.includes(name))
  if (unknown !== undefined)
    throw new RangeError(`there is no document ${unknown}; there are ${source.names.join(', ')}`)
  return Object.fromEntries(wanted.map((name) => [name, source.read(name)]))
}

interface Source {
  names: readonly string[]
  read(name: string): object
}

function unpack(): Source {
  const all = JSON.parse(brotliDecompressSync(readFileSync(packed)).toString('utf8')) as Record<
    string,
    object
  >
  return { names: Object.keys(all), read: (name) => all[name]! }
}

const parsed = new Map<string, object>()

// Parsed once, as it takes a while; each caller gets its own.
async function checkedOut(): Promise<Source> {
  const { CORE_SCHEMA, load } = await import('js-yaml')
  const files = readdirSync(fileURLToPath(checkout)).filter((file) => file.endsWith('.yaml'))
  return {
    names: files.map((file) => file.slice(0, -'.yaml'.length)),
    read(name) {
      const text = () => readFileSync(new URL(`${name}.yaml`, checkout), 'utf8')
      if (!parsed.has(name)) parsed.set(name, load(text(), { schema: CORE_SCHEMA }) as object)
      return structuredClone(parsed.get(name)!)
    },
  }
}
