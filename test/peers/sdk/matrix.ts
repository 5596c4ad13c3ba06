/** What came of what: rows of judgements, a column for each peer. */
export class Matrix {
  private readonly rows = new Map<string, Map<string, string>>()

  /** Runs a judgement and writes down whether it held. */
  async judge(what: string, peer: string, judgement: () => Promise<unknown>): Promise<void> {
    try {
      await judgement()
      this.note(what, peer, 'yes')
    } catch (error) {
      this.note(what, peer, 'NO')
      throw error
    }
  }

  /** A table in Markdown. */
  toString(): string {
    const peers = [...new Set([...this.rows.values()].flatMap((row) => [...row.keys()]))]
    const lines = [...this.rows].map(([what, row]) => [what, ...peers.map((peer) => row.get(peer) ?? '–')])
    const table = [['judged', ...peers], ['---', ...peers.map(() => ':---:')], ...lines]
    return table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  }

  private note(what: string, peer: string, outcome: string): void {
    const row = this.rows.get(what) ?? new Map<string, string>()
    this.rows.set(what, row.set(peer, outcome))
  }
}
