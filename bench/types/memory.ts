import { readdirSync, readFileSync } from 'node:fs'

/** Peak resident memory of a process and its children in MB, from /proc; NaN elsewhere. */
export function peakMemory(pid: number): number {
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    return childrenOf(pid).reduce((sum, child) => sum + peakMemory(child), own)
  } catch {
    return Number.NaN
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  )
}
