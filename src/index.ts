export {
  type Client,
  createClient,
  operations,
  type PathClient,
  paginate,
  pathClient,
  type RequestBody,
  type ResponseData,
  type ThrowingClient,
} from '../generated/client.ts'
export * from './public.ts'
