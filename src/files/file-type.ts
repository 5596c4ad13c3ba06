import { toHex } from '../bytes.ts'

/** Media types by extension: the formats that WeChat Pay documents for uploads. */
const types: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  bmp: 'image/bmp',
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  csv: 'text/csv',
  mp4: 'video/mp4',
  m4v: 'video/x-m4v',
  mov: 'video/quicktime',
  avi: 'video/x-msvideo',
  wmv: 'video/x-ms-wmv',
  mpeg: 'video/mpeg',
  mkv: 'video/x-matroska',
  flv: 'video/x-flv',
}

// The first bytes of such files, in hexadecimal; a dot is any digit.
const beginnings: readonly [RegExp, string][] = [
  [/^ffd8ff/, 'jpg'],
  [/^89504e470d0a1a0a/, 'png'],
  [/^424d/, 'bmp'],
  [/^25504446/, 'pdf'],
  [/^.{8}66747970/, 'mp4'],
  [/^52494646.{8}415649/, 'avi'],
]

/** The media type of a file's name. */
export function typeOf(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return Object.hasOwn(types, extension) ? types[extension]! : 'application/octet-stream'
}

/** The extension of a file, from its first bytes; `bin` when they are unknown. */
export function extensionOf(content: Uint8Array): string {
  const start = toHex(content.subarray(0, 12))
  return beginnings.find(([pattern]) => pattern.test(start))?.[1] ?? 'bin'
}
