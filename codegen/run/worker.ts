import { parentPort } from 'node:worker_threads'
import { emitDocumentModels } from '../emit/models.ts'
import { loadLibraries } from '../emit/openapi-typescript.ts'
import type { PrintRequest, PrintResponse } from './second-thread.ts'

// The script of the second thread.
loadLibraries()
parentPort?.on('message', ({ id, json }: PrintRequest) => {
  const response: PrintResponse = { id, models: emitDocumentModels(JSON.parse(json)) }
  parentPort?.postMessage(response)
})
