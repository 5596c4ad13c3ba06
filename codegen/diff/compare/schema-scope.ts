import type { FamilyId } from '../rules/facet.ts'
import type { Direction } from '../rules/level.ts'
import type { Node } from './json-node.ts'
import type { Scope } from './record.ts'

/** Where two schemas are compared. */
export interface SchemaScope extends Scope {
  family: FamilyId
  /** Whether it is a path variable: a number there is typed `string | number`. */
  pathVariable?: boolean
  share: Share
}

/** Registers a use of two schemas that may be used elsewhere too, so that they are compared once. */
export type Share = (before: Node, after: Node, at: SchemaScope) => void

/** The scope of something within. */
export function below(at: SchemaScope, ...steps: string[]): SchemaScope {
  return { ...at, location: [...at.location, ...steps] }
}

const directions = {
  'request-property': 'request',
  'request-parameter': 'request',
  'response-property': 'response',
  'notification-property': 'notification',
} as const satisfies Record<FamilyId, Direction>

/** Who sends what is compared. */
export function directionOf({ family }: SchemaScope): Direction {
  return directions[family]
}
