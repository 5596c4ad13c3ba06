import { parentPort } from 'node:worker_threads'
import { type DomainExports, emitDocument, emitWhole } from '../emit/emit.ts'
import type { Document } from '../openapi/document.ts'
import type { Emitted, Order } from './second-thread.ts'

// The other thread: it loads TypeScript while this one's creator reads pages, then makes the types of all documents.
parentPort?.on('message', (order: Order) => {
  const documents = new Map(order.map(([name, json]) => [name, JSON.parse(json) as Document]))
  const exported: DomainExports[] = []
  const emitted: Emitted = { own: [], whole: [] }
  for (const [name, document] of documents) {
    const { files, exports } = emitDocument(name, document)
    emitted.own.push([name, files])
    if (exports) exported.push(exports)
  }
  emitted.whole = emitWhole(documents, exported)
  parentPort?.postMessage(emitted)
})
