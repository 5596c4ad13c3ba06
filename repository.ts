/** `owner/name` of the repository on GitHub. The owner fills it in; nothing can be published while it is empty. */
export const repository: string = ''

/** The fields of a manifest that name the repository; none while it is empty. */
export function repositoryFields(name = repository) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(name)) return {}
  const url = `https://github.com/${name}`
  return {
    repository: { type: 'git', url: `git+${url}.git` },
    bugs: { url: `${url}/issues` },
    homepage: `${url}#readme`,
  }
}

/** Why a manifest cannot be published, if it cannot. npm's provenance must name the repository that built it. */
export function publishProblem(manifest: Record<string, unknown>, name = repository): string | undefined {
  const fields = Object.entries(repositoryFields(name))
  if (fields.length === 0) return 'repository in repository.ts must be owner/name'
  const wrong = fields.find(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
  return wrong && `${wrong[0]} in package.json is not that of repository.ts: run npm run build, and commit it`
}
