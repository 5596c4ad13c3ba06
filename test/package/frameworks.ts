import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { install, run } from './support.ts'

/**
 * One test of an app in each test framework as it is set up by default: Jest 29 and 30 with JavaScript, ts-jest with the
 * oldest module resolution, and Vitest.
 */
const source = fileURLToPath(new URL('./consumer/payments.ts', import.meta.url))
const name = 'payments.test.ts'

/** Pinned, so that what they do does not change by itself. Vitest 5 needs Node 22. */
const versions = {
  jest29: ['jest@29.7.0'],
  jest30: ['jest@30.5.2', 'ts-jest@29.4.15', '@types/jest@30.0.0', 'typescript@5.9.3'],
  vitest: ['vitest@4.1.12'],
}

const tsJest = {
  preset: 'ts-jest',
  testMatch: ['<rootDir>/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }],
  },
}

/** A file, as options within Jest's are laid over those of any tsconfig.json above. */
const tsconfig = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022'],
    module: 'commonjs',
    moduleResolution: 'node10',
    types: ['node', 'jest'],
    strict: true,
    esModuleInterop: true,
  },
}

/** @param folder within a project that has the packages and Node's types */
export async function testFrameworks(folder: string): Promise<void> {
  await Promise.all(
    (Object.keys(versions) as (keyof typeof versions)[]).map(async (framework) => {
      const project = join(folder, framework)
      mkdirSync(project)
      writeFileSync(join(project, 'package.json'), '{ "private": true }')
      await install(project, versions[framework])
      await tests[framework](project)
    }),
  )
}

const tests: Record<keyof typeof versions, (project: string) => Promise<void>> = {
  jest29: jest,
  async jest30(project) {
    await jest(project)
    copyFileSync(source, join(project, name))
    writeFileSync(join(project, 'ts-jest.json'), JSON.stringify(tsJest))
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig))
    await passes(project, ['jest', '--config', 'ts-jest.json'], 'ts-jest')
  },
  async vitest(project) {
    copyFileSync(source, join(project, name))
    await passes(project, ['vitest', 'run', '--globals', '--testTimeout', '60000'], 'Vitest')
  },
}

/** Without a configuration, Jest reads JavaScript that is CommonJS. */
async function jest(project: string): Promise<void> {
  const { code } = transformSync(readFileSync(source, 'utf8'), { loader: 'ts', format: 'cjs' })
  mkdirSync(join(project, 'plain'))
  writeFileSync(join(project, 'plain/payments.test.js'), code)
  await passes(project, ['jest', '--testTimeout', '60000', 'plain'], 'Jest')
}

async function passes(
  project: string,
  [bin, ...args]: readonly [string, ...string[]],
  label: string,
): Promise<void> {
  const since = performance.now()
  await run(join(project, 'node_modules/.bin', bin), args, { cwd: project, env: { ...process.env, CI: '1' } })
  const { version } = JSON.parse(
    readFileSync(join(project, `node_modules/${label === 'ts-jest' ? label : bin}/package.json`), 'utf8'),
  )
  console.log(`${label} ${version}: the test of an app passes in ${Math.round(performance.now() - since)} ms`)
}
