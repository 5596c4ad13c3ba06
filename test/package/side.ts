import { join } from 'node:path'
import { testFrameworks } from './frameworks.ts'
import { judgePackages } from './judges.ts'
import { testResolutions } from './resolutions.ts'

// A process of its own, side by side with `run.ts`: `node side.ts FOLDER TARBALL…`
const [folder = '', ...tarballs] = process.argv.slice(2)
await Promise.all([
  testFrameworks(folder),
  testResolutions(folder),
  judgePackages(
    folder,
    tarballs.map((name) => join(folder, name)),
    ['.', './v3/pay', './webhooks/node', './node'],
  ),
])
