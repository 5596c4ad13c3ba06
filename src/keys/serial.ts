/**
 * The one way to write a serial: of a certificate in capitals and without zeros before it, as tools write it either
 * way; the id of a public key as it is.
 */
export function normalSerial(serial: string): string {
  return /^[\da-f]+$/i.test(serial) ? serial.toUpperCase().replace(/^0+(?=.)/, '') : serial
}

/** Do two texts name the same key? */
export function sameSerial(a: string, b: string): boolean {
  return normalSerial(a) === normalSerial(b)
}
