import {
  type FaultTools,
  type Sandbox,
  type SandboxResponse,
  specDocuments,
  startSandbox,
} from '../../../sandbox/index.ts'
import type { ClientOptions } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'
import {
  apiV3Key,
  certificatePlatform,
  type KnownPlatform,
  mchid,
  publicKeyPlatform,
  serial,
} from '../../support/platform-keys.ts'
import { axiosPlugin } from './axios-plugin.ts'
import { goSdk } from './go.ts'
import { javaSdk } from './java.ts'
import { Matrix } from './matrix.ts'
import type { By, Peer } from './peer.ts'

/** One merchant, one WeChat Pay, and all the peers on it. */
export interface World {
  sandbox: Sandbox
  peers: Peer[]
  matrix: Matrix
  merchant: { privateKey: string; publicKey: string }
  platform: Record<By, KnownPlatform>
  /** For our own client and for our webhooks. */
  options: ClientOptions & { apiV3Key: string; platform: Record<string, string> }
  /** Spoils the next answers. */
  fault: ((answer: SandboxResponse, tools: FaultTools) => SandboxResponse) | undefined
  /** Whoever leaves last closes all, and prints the matrix. */
  leave(): Promise<void>
}

/** An operation that no product domain has: without a body either way. */
const document = {
  openapi: '3.1.0',
  paths: {
    '/v3/peers/{id}': {
      delete: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: {} },
      },
    },
  },
}

let world: Promise<World> | undefined
let users = 0

/** Starts the world for the first test file, and shares it with the others. */
export function join(): Promise<World> {
  users++
  world ??= start()
  return world
}

async function start(): Promise<World> {
  const merchant = rsaPair()
  const platform = { key: publicKeyPlatform(), certificate: certificatePlatform(2) }
  const names = ['pay', 'merchant', 'smartguide', 'certificates', 'webhooks']
  const sandbox = await startSandbox({
    documents: [document, ...Object.values(await specDocuments(names))],
    merchants: [{ mchid, serial, publicKey: merchant.publicKey, apiV3Key }],
    platform: [platform.key, platform.certificate, certificatePlatform(300)],
    fault: (answer, tools) => made.fault?.(answer, tools) ?? answer,
  })
  const matrix = new Matrix()
  const keys = {
    privateKey: merchant.privateKey,
    publicKeyId: platform.key.serial,
    publicKey: platform.key.publicKey,
  }
  const setup = { url: sandbox.url, mchid, serial, apiV3Key, ...keys }
  const starting = [goSdk, javaSdk, axiosPlugin].map((peer) => peer(setup))
  const peers = await Promise.all(starting).catch(async (error) => {
    await sandbox.close()
    throw error
  })
  const made: World = {
    sandbox,
    peers,
    matrix,
    merchant,
    platform,
    options: {
      mchid,
      serial,
      apiV3Key,
      privateKey: merchant.privateKey,
      platform: { [platform.key.serial]: platform.key.publicKey },
      baseUrl: sandbox.url,
    },
    fault: undefined,
    async leave() {
      if (--users > 0) return
      console.log(`\n${matrix}\n`)
      for (const peer of peers) peer.close()
      await sandbox.close()
    },
  }
  return made
}
