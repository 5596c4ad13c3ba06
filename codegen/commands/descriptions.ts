import type { Descriptions } from '../spec/context.ts'

/** What `--descriptions` may be. */
export const descriptions = ['terms', 'full', 'none'] as const satisfies readonly Descriptions[]
