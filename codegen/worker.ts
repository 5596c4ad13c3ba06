import { parentPort } from 'node:worker_threads'
import type { Answer, Order } from './crew.ts'
import { readFiles } from './docs/read.ts'
import { toYaml } from './spec/yaml.ts'

// The other thread: it reads pages and writes YAML, and never loads TypeScript.
parentPort?.on('message', (order: Order) => {
  const answer: Answer =
    'read' in order
      ? { pages: readFiles(order.read) }
      : { yaml: order.yaml.map((json) => toYaml(JSON.parse(json))) }
  parentPort?.postMessage(answer)
})
