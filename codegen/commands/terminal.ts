import pc from 'picocolors'

interface Stream {
  write(text: string): unknown
  isTTY?: boolean
}

/** Progress for a person at a terminal; silent when the stream is a file or a pipe. */
export class Terminal {
  private readonly stream: Stream
  private since = performance.now()

  constructor(stream: Stream) {
    this.stream = stream
  }

  /** Reports that a stage is done, what it produced, and how long it took. */
  readonly stage = (name: string, detail: string): void => {
    const now = performance.now()
    const seconds = ((now - this.since) / 1000).toFixed(1)
    this.since = now
    if (this.stream.isTTY)
      this.stream.write(`${pc.green('✔')} ${name.padEnd(6)} ${detail} ${pc.dim(`${seconds} s`)}\n`)
  }
}
