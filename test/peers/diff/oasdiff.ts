import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = 'v1.35.0'
const folder = join('out', 'peers', `oasdiff-${version}`)
const binary = join(folder, 'oasdiff')

/** The path of oasdiff's binary. The first call installs it through the Go module proxy. */
export function oasdiff(): string {
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true })
    execFileSync('go', ['install', `github.com/oasdiff/oasdiff@${version}`], {
      env: { ...process.env, GOBIN: join(process.cwd(), folder), GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return binary
}

/** A change that oasdiff reports. Levels: 1 info, 2 warning, 3 error. */
export interface OasdiffChange {
  id: string
  text: string
  level: 1 | 2 | 3
}

/** Runs oasdiff on two documents. */
export class Oasdiff {
  readonly #folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-oasdiff-'))

  changelog(before: unknown, after: unknown): OasdiffChange[] {
    const files = [before, after].map((document, index) => {
      const file = join(this.#folder, `${index}.json`)
      writeFileSync(file, JSON.stringify(document))
      return file
    })
    const output = execFileSync(oasdiff(), ['changelog', ...files, '-f', 'json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return output.trim() === '' ? [] : (JSON.parse(output) ?? [])
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true })
  }
}
