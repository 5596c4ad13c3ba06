import { run } from '../run.ts'

// All that Node, Bun and Deno must have in common beside Web APIs, to learn where the input is.
declare const process: { argv: string[] }

const response = await fetch(process.argv[2]!)
await run(await response.json())
