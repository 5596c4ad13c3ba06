import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Peer, PeerSetup } from './peer.ts'

/** Where the programs are built; git ignores it. */
export const builds = fileURLToPath(new URL('../../../out/peers/', import.meta.url))

/** Runs the builder of a peer. A missing one is an error that names it. */
export function build(tool: string, args: string[], folder: string): void {
  const { error, status, stdout, stderr } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8' })
  if (error) throw new Error(`this peer needs ${tool}, which is not there: ${error.message}`)
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')} failed:\n${stdout}${stderr}`)
}

/** Runs a build once for each state of its sources. */
export function once(name: string, folder: string, product: string, run: () => void): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const hash = createHash('sha256')
  for (const file of files.map((one) => join(folder, one)).sort()) {
    if (statSync(file).isFile()) hash.update(file).update(readFileSync(file))
  }
  const state = hash.digest('hex')
  const stamp = join(builds, `${name}.stamp`)
  if (existsSync(stamp) && existsSync(product) && readFileSync(stamp, 'utf8') === state) return
  mkdirSync(builds, { recursive: true })
  run()
  writeFileSync(stamp, state)
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** A peer that is a program: a line of JSON to its stdin is a question, one from its stdout the answer. */
export class Program implements Peer {
  readonly name: string
  private readonly child: ChildProcess
  private readonly waiting = new Map<number, Waiting>()
  private count = 0

  private constructor(name: string, command: string, args: string[]) {
    this.name = name
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    let said = ''
    this.child.stderr!.on('data', (text) => {
      said = `${said}${text}`.slice(-2000)
    })
    this.child.on('error', (error) => this.end(error))
    this.child.on('exit', (code) => this.end(new Error(`${name} ended with ${code}: ${said}`)))
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      const { id, result, error } = JSON.parse(line)
      const asked = this.waiting.get(id)
      this.waiting.delete(id)
      if (error === undefined) asked?.resolve(result)
      else asked?.reject(new Error(`${name}: ${error}`))
    })
  }

  static async start(name: string, command: string, args: string[], setup: PeerSetup): Promise<Program> {
    const program = new Program(name, command, args)
    await program.ask('setup', setup)
    return program
  }

  sign: Peer['sign'] = (message, privateKey) => this.ask('sign', { message, privateKey })
  verify: Peer['verify'] = async (message, signature, publicKey) =>
    (await this.ask('verify', { message, signature, publicKey })) === true
  request: Peer['request'] = (request) => this.ask('request', request)
  upload: Peer['upload'] = (filename, content, by) => {
    const path = '/v3/merchant/media/upload'
    return this.ask('upload', { path, filename, content: Buffer.from(content).toString('base64'), by })
  }
  certificates: Peer['certificates'] = () => this.ask('certificates', {})
  encrypt: Peer['encrypt'] = (text, by) => this.ask('encrypt', { text, by })
  decrypt: Peer['decrypt'] = (ciphertext, privateKey) => this.ask('decrypt', { ciphertext, privateKey })
  seal: Peer['seal'] = (plain) => this.ask('seal', plain)
  open: Peer['open'] = (sealed) => this.ask('open', sealed)
  notification: Peer['notification'] = (given, by) => this.ask('notification', { ...given, by })

  close(): void {
    this.child.stdin!.end()
  }

  private ask<T>(op: string, given: object): Promise<T> {
    const id = ++this.count
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      this.child.stdin!.write(`${JSON.stringify({ id, op, ...given })}\n`)
    })
  }

  private end(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
