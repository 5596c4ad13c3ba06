import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { editBetween } from './edit.ts'
import { peakMemory } from './memory.ts'
import type { Place, Server } from './server.ts'

interface Message {
  id?: number
  method?: string
  result?: unknown
  error?: { message: string }
}

/** The language server of TypeScript 7. @see https://microsoft.github.io/language-server-protocol */
export async function startLsp(tsc: string, folder: string): Promise<Server> {
  const child = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map<number, (message: Message) => void>()
  let received = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const head = received.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/.exec(received.subarray(0, head).toString())?.[1])
      if (head === -1 || received.length < head + 4 + length) return
      take(JSON.parse(received.subarray(head + 4, head + 4 + length).toString()))
      received = received.subarray(head + 4 + length)
    }
  })
  let last = 0
  let version = 1
  let known = ''

  function take(message: Message): void {
    if (message.method === undefined) waiting.get(message.id!)?.(message)
    // A question of the server's, such as for settings: there are none.
    else if (message.id !== undefined) write({ id: message.id, result: null })
  }
  function write(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }
  async function ask<Result>(method: string, params: object): Promise<Result> {
    const id = ++last
    const { result, error } = await new Promise<Message>((resolve) => {
      waiting.set(id, resolve)
      write({ id, method, params })
    })
    waiting.delete(id)
    if (error) throw new Error(`${method}: ${error.message}`)
    return result as Result
  }
  const uri = (file: string) => pathToFileURL(file).href

  await ask('initialize', {
    processId: process.pid,
    rootUri: uri(folder),
    capabilities: { textDocument: { diagnostic: {}, completion: {} } },
  })
  write({ method: 'initialized', params: {} })

  return {
    async open(file, text) {
      write({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri: uri(file), languageId: 'typescript', version, text } },
      })
      known = text
    },
    async change(file, after) {
      const { from, to, text } = editBetween(known, after)
      write({
        method: 'textDocument/didChange',
        params: {
          textDocument: { uri: uri(file), version: ++version },
          contentChanges: [{ range: { start: from, end: to }, text }],
        },
      })
      known = after
    },
    async diagnostics(file) {
      const found = await ask<{ items: { message: string; severity: number }[] }>('textDocument/diagnostic', {
        textDocument: { uri: uri(file) },
      })
      return found.items.filter(({ severity }) => severity === 1).map(({ message }) => message)
    },
    async completions(file, position: Place) {
      const found = await ask<{ items: unknown[] } | unknown[] | null>('textDocument/completion', {
        textDocument: { uri: uri(file) },
        position,
      })
      return Array.isArray(found) ? found.length : (found?.items.length ?? 0)
    },
    memory: () => peakMemory(child.pid!),
    async close() {
      child.kill()
    },
  }
}
