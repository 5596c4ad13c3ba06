export { type ChainPaths, chain, type Wechatpay } from '../../generated/chain.ts'
export type { ApiError, ChainOptions, Result } from '../result.ts'
