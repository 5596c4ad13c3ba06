import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Peer, PeerSetup } from './peer.ts'
import { build, builds, once, Program } from './program.ts'

const folder = fileURLToPath(new URL('java/', import.meta.url))
const product = join(builds, 'java')

/** WeChat Pay's own Java SDK. */
export function javaSdk(setup: PeerSetup): Promise<Peer> {
  const goals = ['compile', 'dependency:copy-dependencies', '-DincludeScope=runtime']
  once('java', folder, join(product, 'dependency'), () => build('mvn', ['-q', '-B', ...goals], folder))
  const classes = [join(product, 'classes'), join(product, 'dependency', '*')].join(delimiter)
  const args = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', classes, 'peer.Main']
  return Program.start('wechatpay-java', 'java', args, setup)
}
