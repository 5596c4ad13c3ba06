import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * Runs the program in a context of @edge-runtime/vm, which has the Web APIs of Vercel's Edge Runtime and nothing of
 * Node. A process of its own, so that it can be killed.
 *
 *     node edge-vm.ts SCRIPT INPUT_URL
 */
interface EdgeVM {
  evaluate(code: string): unknown
}

const require = createRequire(new URL('../binaries/package.json', import.meta.url))
const { EdgeVM } = require('@edge-runtime/vm') as { EdgeVM: new () => EdgeVM }
const [script = '', url = ''] = process.argv.slice(2)

const vm = new EdgeVM()
vm.evaluate(readFileSync(script, 'utf8'))
await vm.evaluate(`fetch(${JSON.stringify(url)}).then((response) => response.json()).then(program.run)`)
