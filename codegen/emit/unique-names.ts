/** Gives each name once; a name that is taken gets a number. Two interfaces of one name would merge. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>()
  return (name) => {
    let candidate = name
    for (let count = 2; given.has(candidate); count++) candidate = name + count
    given.add(candidate)
    return candidate
  }
}
