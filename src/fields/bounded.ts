/**
 * Lets no more than `limit` calls run at once; the others wait for their turn.
 *
 * @param limit 1 or more
 */
export function bounded<Args extends unknown[], Result>(
  limit: number,
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (...args) => {
    // Whoever is woken takes the place over from the one that ended.
    if (running >= limit) await new Promise<void>((wake) => waiting.push(wake))
    else running++
    try {
      return await work(...args)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
