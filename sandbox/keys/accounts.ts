import { createPublicKey, type KeyLike, type KeyObject } from 'node:crypto'

interface AccountKeys {
  /** Serial number of the account's API certificate. */
  serial: string
  /** PEM or KeyObject. */
  publicKey: KeyLike
  /** The APIv3 key, or the API key of a brand, 32 bytes. It encrypts platform certificates and notifications. */
  apiV3Key?: string
}

/** A merchant that may call the sandbox, except for the paths of brands. */
export interface Merchant extends AccountKeys {
  mchid: string
}

/** A brand that may call `/brand/…`, and nothing else. It signs with `WECHATPAY-BRAND-SHA256-RSA2048`. */
export interface Brand extends AccountKeys {
  brandId: string
}

/** A caller that the sandbox knows. */
export type Account = Merchant | Brand

/** The account's `mchid` or `brandId`. */
export function accountId(account: Account): string {
  return 'mchid' in account ? account.mchid : account.brandId
}

/** The account's public key as a KeyObject. */
export function publicKeyOf({ publicKey }: Account): KeyObject {
  return typeof publicKey === 'object' && 'asymmetricKeyType' in publicKey
    ? publicKey
    : createPublicKey(publicKey)
}
