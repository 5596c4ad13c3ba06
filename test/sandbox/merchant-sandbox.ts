import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts'
import { document } from '../support/document.ts'
import { HandSigned } from '../support/hand-signed.ts'
import { lastingPair } from '../support/keys.ts'
import { apiV3Key, certificatePlatform, mchid, publicKeyPlatform, serial } from '../support/platform-keys.ts'

// Shared by all test files of a process, because generating keys takes long.
export const merchant = lastingPair()
export const platform = publicKeyPlatform(lastingPair())
export const certified = certificatePlatform(1, lastingPair())

/** Starts a sandbox, by default of the test document, with a merchant that signs its requests by hand. */
export async function startForMerchant(
  options: Partial<SandboxOptions> = {},
): Promise<{ sandbox: Sandbox; hand: HandSigned }> {
  const sandbox = await startSandbox({
    documents: [document],
    merchants: [{ mchid, serial, publicKey: merchant.publicKey, apiV3Key }],
    platform,
    ...options,
  })
  const hand = new HandSigned(sandbox, { id: ['mchid', mchid], serial, privateKey: merchant.privateKey })
  return { sandbox, hand }
}
