import { readFileSync } from 'node:fs'
import { publishProblem } from './repository.ts'

// npm runs this before it publishes.
const problem = publishProblem(JSON.parse(readFileSync('package.json', 'utf8')))
if (problem) {
  console.error(`cannot publish: ${problem}`)
  process.exitCode = 1
}
