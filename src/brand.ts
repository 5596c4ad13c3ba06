export {
  type Client,
  createBrandClient,
  operations,
  type PathClient,
  paginate,
  pathClient,
} from '../generated/brand-mode/client.ts'
export type * from '../generated/brand-mode/models.ts'
export type { BrandOptions } from './client/options.ts'
export * from './public.ts'
