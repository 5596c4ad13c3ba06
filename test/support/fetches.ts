import { nodeFetch } from '../../src/node/index.ts'

/** The ways that requests take on Node, for tests that hold for each. */
export const fetches = { fetch: undefined, nodeFetch: nodeFetch() }
