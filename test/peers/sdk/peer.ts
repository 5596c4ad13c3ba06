/** What verifies and encrypts: a public key that is known beforehand, or the downloaded certificates. */
export type By = 'key' | 'certificate'

/** Everything that a client of one merchant is configured with. */
export interface PeerSetup {
  /** Of the sandbox. */
  url: string
  mchid: string
  serial: string
  /** PEM, of the merchant. */
  privateKey: string
  apiV3Key: string
  publicKeyId: string
  /** PEM, of WeChat Pay. */
  publicKey: string
}

export interface PeerRequest {
  method: 'GET' | 'POST' | 'DELETE'
  /** With query, percent-encoded. */
  path: string
  /** JSON. */
  body?: string
  by: By
}

/** An answer that the peer has verified. */
export interface Exchanged {
  status: number
  body: string
}

/** Another client of WeChat Pay's APIv3, not ours; it judges us, and we judge it. */
export interface Peer {
  readonly name: string
  /** RSASSA-PKCS1-v1_5 with SHA-256, base64; the merchant's key unless another is given. */
  sign(message: string, privateKey?: string): Promise<string>
  verify(message: string, signature: string, publicKey: string): Promise<boolean>
  /** Sends a signed request; rejects unless the answer verifies. */
  request(request: PeerRequest): Promise<Exchanged>
  /** Uploads a picture to `/v3/merchant/media/upload`. */
  upload(filename: string, content: Uint8Array, by: By): Promise<Exchanged>
  /** The platform certificates, downloaded and decrypted: PEM by serial. */
  certificates(): Promise<Record<string, string>>
  /** Encrypts a sensitive field for WeChat Pay, and tells for which of its keys. */
  encrypt(text: string, by: By): Promise<{ serial: string; ciphertext: string }>
  /** Decrypts one; with the merchant's key unless another is given. */
  decrypt(ciphertext: string, privateKey?: string): Promise<string>
  /** AES-GCM with the APIv3 key: cipher text and tag in base64. */
  seal(plain: { text: string; nonce: string; associatedData: string }): Promise<string>
  open(sealed: { ciphertext: string; nonce: string; associatedData: string }): Promise<string>
  /** Verifies and decrypts a notification: the JSON text of its resource. */
  notification(given: { headers: Record<string, string>; body: string }, by: By): Promise<string>
  close(): void
}
