import {
  type Document,
  type MediaType,
  type Method,
  methods,
  type OperationObject,
  type PathItem,
  type Response,
  type Schema,
} from './document.ts'

/** An operation with its place in the document. */
export interface PlacedOperation {
  path: string
  method: Method
  operation: OperationObject
}

/** The operations of a document, in its order. */
export function operationsOf(document: Document): PlacedOperation[] {
  return placed(document.paths)
}

/** The notifications of a document, in its order; `path` is the event. */
export function webhooksOf(document: Document): PlacedOperation[] {
  return placed(document.webhooks)
}

function placed(items: Record<string, PathItem> = {}): PlacedOperation[] {
  return Object.entries(items).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ path, method, operation }] : []
    }),
  )
}

/** An operation as messages and tables name it: `POST /v3/pay/transactions/jsapi`. */
export function labelOf({ method, path }: { method: string; path: string }): string {
  return `${method.toUpperCase()} ${path}`
}

/** The schema of what the caller passes as `body`. */
export function bodySchema({ requestBody }: OperationObject): Schema | undefined {
  const [media] = Object.values(requestBody?.content ?? {})
  return media?.schema as Schema | undefined
}

/** The schema of a JSON body or parameter. */
export function jsonSchema(content: Record<string, MediaType> | undefined): Schema | undefined {
  return content?.['application/json']?.schema as Schema | undefined
}

/** The schema of `data`, for a response with a JSON body. */
export function dataSchema(operation: OperationObject): Schema | undefined {
  return jsonSchema(successOf(operation)?.content)
}

/** The 2xx response. */
export function successOf({ responses }: OperationObject): Response | undefined {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
  return success && !('$ref' in success) ? success : undefined
}
