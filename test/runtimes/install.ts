import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder } from './targets/binaries.ts'
import { command } from './targets/command.ts'

/**
 * Installs the runtimes, unless what the lock file names is installed already. No install script runs: the binaries are
 * in the packages.
 */
export async function install(signal: AbortSignal): Promise<void> {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const installed = join(folder, 'node_modules/.installed')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return
  await command('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, signal })
  writeFileSync(installed, lock)
}
