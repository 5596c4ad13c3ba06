import { readFileSync } from 'node:fs'
import type { BillPart, BillParts } from '../../../src/files/bill-parts.ts'

/** A file of a recorded bill: as WeChat Pay lists it, with `encrypt_key` encrypted, and what it has beside that. */
interface RecordedPart extends BillPart {
  readonly hash_type: string
  readonly hash_value: string
  /** `encrypt_key`, decrypted. */
  readonly keyText: string
  /** The file in base64. */
  readonly file: string
}

/** An encrypted bill, made by Python's cryptography. */
export interface RecordedBill {
  readonly name: string
  readonly tar_type: 'GZIP' | null
  readonly answer: {
    readonly download_bill_count: number
    readonly download_bill_list: readonly RecordedPart[]
  }
  readonly sha1OfWhole: string
  readonly bytesOfWhole: number
}

/** Four bills of the same content: plain, gzip, gzip in two parts, with a nonce of 12 characters. */
export const recorded: { readonly privateKey: string; readonly cases: readonly RecordedBill[] } = JSON.parse(
  readFileSync(new URL('./encrypted-bills.json', import.meta.url), 'utf8'),
)

/** What the client returns for a bill: its keys are decrypted, and its URLs on another host. */
export function decryptedAnswer({ answer }: RecordedBill, baseUrl: string): BillParts {
  const { download_bill_count, download_bill_list: list } = answer
  return {
    download_bill_count,
    download_bill_list: list.map(({ keyText, file: _, ...part }) => ({
      ...part,
      encrypt_key: keyText,
      download_url: movedTo(baseUrl, part.download_url),
    })),
  }
}

/** A URL on another host. */
export function movedTo(baseUrl: string, url: string): string {
  const { pathname, search } = new URL(url)
  return `${baseUrl}${pathname}${search}`
}
