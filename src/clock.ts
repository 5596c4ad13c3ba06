/** Returns milliseconds since 1970, like `Date.now()`. */
export type Clock = () => number

/** The system's clock. `Date.now` is looked up at each call, so that fake timers of a test take effect. */
export const systemClock: Clock = () => Date.now()

/** The clock's time in whole seconds, as WeChat Pay's timestamps have it. */
export function seconds(clock: Clock): number {
  return Math.floor(clock() / 1000)
}
