import type { Bundles } from '../bundle.ts'
import type { World } from '../server/world.ts'

/** A runtime, and how the program gets into it. */
export interface Target {
  /** As it is shown, with its version. */
  name: string
  /** Whether it has a `DecompressionStream`. */
  gunzips: boolean
  /**
   * Runs the program to its end.
   *
   * @param print takes what the runtime prints
   * @throws for a runtime that cannot be started, or does not end well
   */
  run(world: World, bundles: Bundles, print: (text: string) => void, signal: AbortSignal): Promise<void>
}
