import { constants, createPublicKey, type KeyLike, type KeyObject, publicEncrypt } from 'node:crypto'

interface Keys {
  /** Serial number of its API certificate. */
  serial: string
  /** PEM or KeyObject. */
  publicKey: KeyLike
  /** The APIv3 key, 32 bytes: platform certificates and notifications are encrypted with it. */
  apiV3Key?: string
}

/** A merchant that the sandbox knows. */
export interface Merchant extends Keys {
  mchid: string
}

/** A brand that the sandbox knows; it signs with `WECHATPAY-BRAND-SHA256-RSA2048`. */
export interface Brand extends Keys {
  brandId: string
}

/** Whoever may call. */
export type Account = Merchant | Brand

/** `mchid` or `brandId`. */
export function idOf(account: Account): string {
  return 'mchid' in account ? account.mchid : account.brandId
}

/** The public key as Node's own object. */
export function publicKeyOf({ publicKey }: Account): KeyObject {
  return typeof publicKey === 'object' && 'asymmetricKeyType' in publicKey
    ? publicKey
    : createPublicKey(publicKey)
}

/** Encrypts a field for an account: RSAES-OAEP with SHA-1, base64. */
export function sealedFor(account: Account, text: string): string {
  const key = publicKeyOf(account)
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  return publicEncrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64')
}
