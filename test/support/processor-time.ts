/**
 * Starts to count the milliseconds of processor time that this process takes. Unlike those of a clock, they hardly
 * depend on what else the machine does, such as other test files.
 */
export function processorTime(): () => number {
  const start = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
}
