import { pascal } from './pascal.ts'

/** The name of an operation and prefix of its types: `POST /v3/pay/transactions/jsapi` → `PayTransactionsJsapiPost`. */
export function operationName(method: string, path: string): string {
  return pathName(path) + pascal(method)
}

/** The name of a path without the leading `v3`; variables count like any other segment. */
export function pathName(path: string): string {
  return pascal(path.replace(/^\/?v3\//, ''))
}
