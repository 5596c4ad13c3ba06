import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { editBetween } from './edit.ts'
import { peakMemory } from './memory.ts'
import type { Place, Server } from './server.ts'

interface Message {
  type: string
  request_seq?: number
  success?: boolean
  message?: string
  body?: unknown
}

/** TypeScript's own server. @see https://github.com/microsoft/TypeScript/wiki/Standalone-Server-(tsserver) */
export function startTsserver(path: string): Server {
  const options = ['--disableAutomaticTypingAcquisition', '--suppressDiagnosticEvents']
  const child = spawn(process.execPath, [path, ...options], { stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map<number, (message: Message) => void>()
  createInterface(child.stdout).on('line', (line) => {
    if (!line.startsWith('{')) return
    const message: Message = JSON.parse(line)
    if (message.type === 'response') waiting.get(message.request_seq!)?.(message)
  })
  let sequence = 0
  let known = ''

  function send(command: string, args: object): number {
    child.stdin.write(`${JSON.stringify({ seq: ++sequence, type: 'request', command, arguments: args })}\n`)
    return sequence
  }
  async function ask<Body>(command: string, args: object): Promise<Body> {
    const seq = send(command, args)
    const { success, message, body } = await new Promise<Message>((resolve) => waiting.set(seq, resolve))
    waiting.delete(seq)
    if (!success && message !== 'No content available.') throw new Error(`${command}: ${message}`)
    return body as Body
  }

  return {
    async open(file, text) {
      send('configure', { preferences: { includeCompletionsWithInsertText: true } })
      send('open', { file, fileContent: text, scriptKindName: 'TS' })
      known = text
    },
    async change(file, after) {
      const { from, to, text } = editBetween(known, after)
      send('change', {
        file,
        line: from.line + 1,
        offset: from.character + 1,
        endLine: to.line + 1,
        endOffset: to.character + 1,
        insertString: text,
      })
      known = after
    },
    async diagnostics(file) {
      const found = await ask<{ text: string }[]>('semanticDiagnosticsSync', { file })
      return found.map(({ text }) => text)
    },
    async completions(file, { line, character }: Place) {
      const found = await ask<{ entries: unknown[] } | undefined>('completionInfo', {
        file,
        line: line + 1,
        offset: character + 1,
      })
      return found?.entries.length ?? 0
    },
    memory: () => peakMemory(child.pid!),
    async close() {
      send('exit', {})
      child.kill()
    },
  }
}
