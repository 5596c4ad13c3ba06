/**
 * Normalises a serial for comparison. Tools write a certificate's serial in either case, with or without leading zeros;
 * this gives capitals without leading zeros. The id of a public key stays unchanged.
 */
export function normalSerial(serial: string): string {
  return /^[\da-f]+$/i.test(serial) ? serial.toUpperCase().replace(/^0+(?=.)/, '') : serial
}

/** Whether two serials name the same key. */
export function sameSerial(a: string, b: string): boolean {
  return normalSerial(a) === normalSerial(b)
}
