/** Tells the time in milliseconds since 1970, as `Date.now()` does. */
export type Clock = () => number

/** The system's clock, looked up at each call so that a test's fake timers are seen. */
export const systemClock: Clock = () => Date.now()

/** The clock's time in whole seconds: WeChat Pay's timestamps. */
export function seconds(clock: Clock): number {
  return Math.floor(clock() / 1000)
}
