/** Something that is measured. */
export interface Contestant {
  name: string
  /** Does the work once. */
  run(): unknown
  /** Was it done? Asked once, before anything is measured. */
  done(result: unknown): boolean
}

/** Work done per second by each contestant, in each round. */
export type Rates = Map<string, number[]>

/**
 * Measures contestants in turn, round by round and each round in another order, so that whatever else the machine does
 * hits all alike.
 *
 * @param inFlight how many pieces of work are under way at once
 */
export async function measure(
  contestants: Contestant[],
  { rounds, count, inFlight }: { rounds: number; count: number; inFlight: number },
): Promise<Rates> {
  for (const { name, run, done } of contestants) {
    if (!done(await run())) throw new Error(`${name} does not do what is measured`)
  }
  const rates: Rates = new Map(contestants.map(({ name }) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const at of contestants.keys()) {
      const { name, run } = contestants[(at + round + 1) % contestants.length]!
      const rate = await perSecond(run, count, inFlight)
      // The first round warms up.
      if (round >= 0) rates.get(name)!.push(rate)
    }
  }
  return rates
}

async function perSecond(run: () => unknown, count: number, inFlight: number): Promise<number> {
  let left = count
  const worker = async () => {
    while (left-- > 0) await run()
  }
  const since = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  return (count * 1000) / (performance.now() - since)
}

/** The middle one. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** The median of the ratios of the same rounds: noise that lasts a round falls out. */
export function ratio(rates: Rates, name: string, base: string): number {
  const others = rates.get(base)!
  return median(rates.get(name)!.map((rate, round) => rate / others[round]!))
}
