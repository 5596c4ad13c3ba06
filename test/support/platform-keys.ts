import { issueCertificate, type PlatformKey } from '../../sandbox/index.ts'
import { type Pair, rsaPair } from './keys.ts'

/** The ids of a merchant as the official samples have them. */
export const mchid = '1900007291'
export const serial = '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB'
const publicKeyId = 'PUB_KEY_ID_0119000072912026010100000000000001'
export const apiV3Key = 'an APIv3 key, as long as it must'

const day = 24 * 3600_000

/** A key of WeChat Pay, with the public half that a client is given. */
export type KnownPlatform = PlatformKey & { publicKey: string }

/** A public key without certificate. */
export function publicKeyPlatform(pair: Pair = rsaPair()): KnownPlatform {
  return { serial: publicKeyId, ...pair }
}

/** A platform certificate that came into effect some days ago. */
export function certificatePlatform(
  age: number,
  pair: Pair = rsaPair(),
): KnownPlatform & { certificate: string } {
  const name = `3775B6A45ACD588826D15E583A95F5DD********`.replace(/\*+/, String(10_000_000 + age))
  const from = new Date(Date.now() - age * day)
  const { privateKey } = pair
  return { serial: name, ...pair, certificate: issueCertificate({ serial: name, privateKey, from }) }
}
