/** One way to attack, and the tries that are made of it. */
export interface Attack {
  /** What is attacked: a heading of the table. */
  on: string
  name: string
  /** Each throws, or rejects, when the attack succeeds. */
  tries: readonly (() => unknown)[]
}

/** An attack with one try for each value. */
export function attack<T>(
  on: string,
  name: string,
  values: readonly T[],
  attempt: (value: T) => unknown,
): Attack {
  return { on, name, tries: values.map((value) => () => attempt(value)) }
}
