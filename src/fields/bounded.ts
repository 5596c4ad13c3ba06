/**
 * Wraps a function so that at most `limit` calls run at once. The others wait for their turn.
 *
 * @param limit at least 1
 */
export function bounded<Args extends unknown[], Result>(
  limit: number,
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (...args) => {
    // A call that is woken takes over the slot of the one that ended, so the count stays.
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
