/**
 * A copy of an object's own properties that inherits nothing, so that a polluted `Object.prototype` cannot add options.
 */
export function ownProperties<T extends object>(object: T): T {
  return Object.assign(Object.create(null), object)
}
