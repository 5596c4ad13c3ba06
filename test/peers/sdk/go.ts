import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Peer, PeerSetup } from './peer.ts'
import { build, builds, once, Program } from './program.ts'

const folder = fileURLToPath(new URL('go/', import.meta.url))
const product = join(builds, 'wechatpay-go')

/** WeChat Pay's own Go SDK. */
export function goSdk(setup: PeerSetup): Promise<Peer> {
  once('go', folder, product, () => build('go', ['build', '-o', product, '.'], folder))
  return Program.start('wechatpay-go', product, [], setup)
}
