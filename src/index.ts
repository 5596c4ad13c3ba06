export {
  type Client,
  createClient,
  operations,
  type PathClient,
  pathClient,
  type RequestBody,
  type ResponseData,
} from '../generated/client.ts'
export * from './public.ts'
