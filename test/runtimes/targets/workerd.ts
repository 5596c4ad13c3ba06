import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { binary, version } from './binaries.ts'
import { ended, kill } from './command.ts'
import type { Target } from './target.ts'

const places = {
  'linux-x64': '@cloudflare/workerd-linux-64/bin/workerd',
  'linux-arm64': '@cloudflare/workerd-linux-arm64/bin/workerd',
  'darwin-x64': '@cloudflare/workerd-darwin-64/bin/workerd',
  'darwin-arm64': '@cloudflare/workerd-darwin-arm64/bin/workerd',
}

// No flag for Node's modules: the package must do without.
const config = (script: string) => `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .program),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const program :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "${script}")],
  compatibilityDate = "2026-01-01",
);
`

/** workerd, the runtime of Cloudflare Workers, as miniflare starts it: it has the program as a module. */
export const workerd: Target = {
  name: `workerd ${version('workerd')}`,
  gunzips: true,
  async run({ input }, bundles, print, signal) {
    const file = join(bundles.folder, 'workerd.capnp')
    writeFileSync(file, config(basename(bundles.worker)))
    const child = spawn(binary(places), ['serve', '--control-fd=3', file], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-2000)
        print(text)
      })
    }
    const end = ended(child, signal).then(() => {
      throw new Error('it ended by itself')
    })
    const work = async () => {
      const port = await listening(child.stdio[3] as Readable)
      const body = JSON.stringify(input)
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, signal })
      const text = await response.text()
      if (!response.ok) throw new Error(`HTTP ${response.status} ${text}`)
    }
    try {
      await Promise.race([work(), end])
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${output}`.trim())
    } finally {
      end.catch(() => {})
      kill(child)
    }
  },
}

/** The port that it tells on its control pipe. */
async function listening(control: Readable): Promise<number> {
  let text = ''
  for await (const chunk of control) {
    text += chunk
    const line = text.split('\n').find((one) => one.includes('"listen"'))
    if (line) return (JSON.parse(line) as { port: number }).port
  }
  throw new Error('it does not listen')
}
