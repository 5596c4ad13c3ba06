import { operations, type Traits } from '../generated/operations.ts'

/** An operation as the run time knows it. */
export interface Operation {
  /** Method and template path: `POST /v3/pay/transactions/jsapi`. */
  readonly name: string
  readonly traits: Traits
}

const usual: Traits = {}

/**
 * Looks an operation up by method and template path, compared whole: never by what a URL looks like.
 *
 * @param schemaPath with `{name}`, as openapi-fetch hands it to middleware
 */
export function operationOf(method: string, schemaPath: string): Operation {
  const name = `${method} ${schemaPath}`
  return { name, traits: Object.hasOwn(operations, name) ? operations[name]! : usual }
}
