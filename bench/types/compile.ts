import { execFileSync } from 'node:child_process'

/** What one run of tsc says of itself. Times in ms, memory in MB. */
export interface Compilation {
  check: number
  total: number
  instantiations: number
  memory: number
}

/**
 * Compiles a project some times; the best of each figure.
 * @throws for a project with errors
 */
export function compile(tsc: string, project: string, times = 3): Compilation {
  const runs = Array.from({ length: times }, () => once(tsc, project))
  const best = (pick: (run: Compilation) => number) => Math.min(...runs.map(pick))
  return {
    check: best(({ check }) => check),
    total: best(({ total }) => total),
    instantiations: best(({ instantiations }) => instantiations),
    memory: best(({ memory }) => memory),
  }
}

function once(tsc: string, project: string): Compilation {
  const said = run(tsc, project)
  const figure = (name: string) =>
    Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(said)?.[1] ?? Number.NaN)
  return {
    check: figure('Check time') * 1000,
    total: figure('Total time') * 1000,
    instantiations: figure('Instantiations'),
    memory: figure('Memory used') / 1024,
  }
}

function run(tsc: string, project: string): string {
  try {
    return execFileSync(process.execPath, [tsc, '-p', project, '--extendedDiagnostics'], { encoding: 'utf8' })
  } catch (error) {
    throw new Error(`${project}\n${(error as { stdout: string }).stdout.slice(0, 2000)}`)
  }
}
