import { type ExecFileOptions, execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** In milliseconds: no step takes longer. */
const limit = 300_000

/** Runs a command to its end. What it printed is part of the error when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: ExecFileOptions,
): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { timeout: limit, maxBuffer: 2 ** 26, ...options })
    return String(stdout)
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${command} ${args.join(' ').slice(0, 200)} failed:\n${stdout}${stderr}`)
  }
}

/** Installs packages in an empty folder, without running their scripts. */
export async function install(folder: string, packages: readonly string[]): Promise<void> {
  const quiet = [
    '--silent',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefer-offline',
    '--legacy-peer-deps',
  ]
  await run('npm', ['install', ...quiet, ...packages], { cwd: folder })
}
