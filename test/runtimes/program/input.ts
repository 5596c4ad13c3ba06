/** What the harness gives the program, as JSON. Every key is made for this run alone. */
export interface Input {
  /** Names the runtime in reports. */
  runtime: string
  /** Takes each {@link Report} by POST. */
  reports: string
  /** The sandbox. It answers as the header `X-Fault` asks. */
  baseUrl: string
  /** A server that sends the beginning of an answer, and stalls or breaks off as `X-Fault` asks. */
  brokenUrl: string
  /** A port where nobody listens. */
  closedUrl: string
  /** Whether the runtime has a `DecompressionStream`. */
  gunzips: boolean
  mchid: string
  serial: string
  apiV3Key: string
  /** The merchant's key: the same one as PKCS#8 and as PKCS#1. */
  privateKey: string
  pkcs1: string
  /** A key that the sandbox does not know. */
  strangeKey: string
  publicKeyId: string
  publicKey: string
  /** Serial of the platform certificate that `GET /v3/certificates` lists. */
  certificateSerial: string
  notifications: {
    /** Signed with the public key's pair. */
    good: Received
    /** The same with another body. */
    forged: Received
    /** Signed with the certificate's pair. */
    certified: Received
  }
}

/** A notification as it comes over the wire. */
export interface Received {
  headers: Record<string, string>
  body: string
}

/** What the program reports: first the names of its checks, then what came of each. */
export type Report =
  | { runtime: string; names: string[] }
  | { runtime: string; name: string; failure?: string; note?: string; evidence?: unknown; ms: number }
