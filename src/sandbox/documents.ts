import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'

// The package holds all documents in one compressed file; a checkout has them as YAML.
const packed = new URL('../../spec.json.br', import.meta.url)
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
  const all = existsSync(packed) ? unpack() : await parse(names)
  if (!names) return all
  return Object.fromEntries(
    names.map((name) => {
      const document = Object.hasOwn(all, name) ? all[name] : undefined
      if (!document)
        throw new RangeError(`there is no document ${name}; there are ${Object.keys(all).join(', ')}`)
      return [name, document]
    }),
  )
}

function unpack(): Record<string, object> {
  return JSON.parse(brotliDecompressSync(readFileSync(packed)).toString('utf8'))
}

async function parse(names: readonly string[] | undefined): Promise<Record<string, object>> {
  const yaml = await import('yaml')
  const files = readdirSync(fileURLToPath(checkout)).filter((file) => file.endsWith('.yaml'))
  const known = files.map((file) => file.slice(0, -'.yaml'.length))
  const wanted = names?.every((name) => known.includes(name)) ? names : known
  return Object.fromEntries(
    wanted.map((name) => [name, yaml.parse(readFileSync(new URL(`${name}.yaml`, checkout), 'utf8'))]),
  )
}
