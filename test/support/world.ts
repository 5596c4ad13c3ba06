import { type FaultTools, type Sandbox, type SandboxResponse, startSandbox } from '../../sandbox/index.ts'
import { type ClientOptions, createClient, type PlatformKeys, type Result } from '../../src/index.ts'
import { document } from './document.ts'
import { rsaPair } from './keys.ts'

export const mchid = '1900007291'
export const serial = '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB'
export const platformSerial = 'PUB_KEY_ID_0119000072912026010100000000000001'

/** A client whose paths and bodies are not typed, as the tests' operations are their own. */
export type LooseClient = Record<
  'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  (path: string, init?: object) => Promise<Result<unknown>>
>

/** The tests' own operations: they look alike, so that a test may call the same path by each method. */
export const ownOperations = {
  lines: [
    'v3',
    ' a g p u h d',
    ' smartguide',
    '  guides',
    '   {guide_id} g u d',
    ' marketing',
    '  tasks p',
    ' unlisted g p',
  ],
}

/** A client with the real table and the tests' own operations, whose calls are not typed. */
export function looseClient(options: ClientOptions): LooseClient {
  return createClient(options, ownOperations) as unknown as LooseClient
}

/** A merchant, a WeChat Pay on a real socket, and what a client of theirs needs. */
export interface World {
  merchant: ReturnType<typeof rsaPair>
  platform: ReturnType<typeof rsaPair>
  sandbox: Sandbox
  options: ClientOptions & { platform: PlatformKeys }
  client: LooseClient
  /** Spoils the next answers; `undefined` for honest ones. */
  fault: ((answer: SandboxResponse, tools: FaultTools) => SandboxResponse) | undefined
}

/** Starts a world. Keys are made once for a test file, as that takes a while. */
export async function startWorld(): Promise<World> {
  const merchant = rsaPair()
  const platform = rsaPair()
  const sandbox = await startSandbox({
    documents: [document],
    merchants: [{ mchid, serial, publicKey: merchant.publicKey }],
    platform: { serial: platformSerial, privateKey: platform.privateKey },
    fault: (answer, tools) => world.fault?.(answer, tools) ?? answer,
  })
  const options = {
    mchid,
    serial,
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    baseUrl: sandbox.url,
  }
  const world: World = {
    merchant,
    platform,
    sandbox,
    options,
    client: looseClient(options),
    fault: undefined,
  }
  return world
}
