/**
 * Deals out files in order: to each worker a share of neighbours, since neighbours load the same modules. A worker
 * whose share is done helps with the longest one, from its end.
 */
export class Shares {
  readonly #shares: string[][]

  constructor(files: readonly string[], count: number) {
    const start = (index: number) => Math.round((files.length * index) / count)
    this.#shares = Array.from({ length: count }, (_, index) => files.slice(start(index), start(index + 1)))
  }

  take(index: number): string | undefined {
    const own = this.#shares[index]!
    if (own.length > 0) return own.shift()
    const [longest] = this.#shares.toSorted((one, other) => other.length - one.length)
    return longest!.pop()
  }
}
