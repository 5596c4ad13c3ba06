const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())

/** 32 characters from the platform's cryptographic random source. */
export function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let nonce = ''
  for (const byte of bytes) nonce += hex[byte]
  return nonce
}
