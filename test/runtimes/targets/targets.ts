import { fileURLToPath } from 'node:url'
import { binary, version } from './binaries.ts'
import { chromium } from './chromium.ts'
import { command } from './command.ts'
import type { Target } from './target.ts'
import { workerd } from './workerd.ts'

const node = (major: number) =>
  commandTarget(`Node ${version(`node${major}`)}`, [], {
    'linux-x64': `node${major}-linux-x64/bin/node`,
    'linux-arm64': `node${major}-linux-arm64/bin/node`,
  })

/** Every runtime that the program runs on. The first Node is the oldest that package.json allows. */
export const targets: readonly Target[] = [
  node(20),
  node(22),
  node(24),
  node(26),
  commandTarget(`Bun ${version('bun')}`, [], {
    'linux-x64': '@oven/bun-linux-x64/bin/bun',
    'linux-arm64': '@oven/bun-linux-aarch64/bin/bun',
    'darwin-x64': '@oven/bun-darwin-x64/bin/bun',
    'darwin-arm64': '@oven/bun-darwin-aarch64/bin/bun',
  }),
  // It may use the network, and nothing else.
  commandTarget(`Deno ${version('deno')}`, ['run', '--no-prompt', '--no-remote', '--allow-net=127.0.0.1'], {
    'linux-x64': '@deno/linux-x64-glibc/deno',
    'linux-arm64': '@deno/linux-arm64-glibc/deno',
    'darwin-x64': '@deno/darwin-x64/deno',
    'darwin-arm64': '@deno/darwin-arm64/deno',
  }),
  workerd,
  chromium,
  {
    name: `edge-runtime ${version('@edge-runtime/vm')}`,
    gunzips: false,
    run({ side }, bundles, print, signal) {
      const program = fileURLToPath(new URL('edge-vm.ts', import.meta.url))
      const args = ['--import', 'tsx', program, bundles.script, `${side.url}/input`]
      return command(process.execPath, args, { print, signal })
    },
  },
]

/** A runtime that is a command, and resolves the package itself. */
function commandTarget(
  name: string,
  args: readonly string[],
  places: Readonly<Record<string, string>>,
): Target {
  return {
    name,
    gunzips: true,
    async run({ side }, bundles, print, signal) {
      const env = { DENO_NO_UPDATE_CHECK: '1' }
      const all = [...args, bundles.command, `${side.url}/input`]
      await command(binary(places), all, { print, signal, env })
    },
  }
}
