export type { Client, PathClient, RequestBody, ResponseData } from '../generated/client.ts'
export * from './runtime.ts'
export { createClient, pathClient } from './whole.ts'
