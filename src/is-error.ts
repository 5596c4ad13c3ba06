/**
 * Whether it is an error of the language, also of another realm: in Jest, a test and what it requires have globals of their
 * own, while `fetch` throws errors of Node's.
 */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || /(?:Error|DOMException)]$/.test(Object.prototype.toString.call(thrown))
}
