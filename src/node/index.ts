export { type NodeFetch, type NodeFetchOptions, nodeFetch } from './node-fetch.ts'
export { nodeSigner } from './node-signer.ts'
export { nodeVerifier } from './node-verifier.ts'
