import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/**
 * Parses a form with the `formData()` of Node.js.
 *
 * @throws Refusal (400)
 */
export async function readForm(request: RequestRecord): Promise<FormData> {
  const body = withoutTrailingSemicolons(request.body, boundaryOf(request))
  try {
    return await new Response(new Uint8Array(body), {
      headers: { 'Content-Type': request.headers['content-type'] ?? '' },
    }).formData()
  } catch {
    throw paramError('body', '', 'not a valid multipart form')
  }
}

/**
 * The bytes of one part exactly as received, because its signature covers them.
 *
 * @throws Refusal (400) when the part is missing or occurs more than once
 */
export function partBytes(request: RequestRecord, name: string): Buffer {
  const { body } = request
  const delimiter = Buffer.from(`\r\n--${boundaryOf(request)}`)
  // Makes the first delimiter look like the others.
  const whole = Buffer.concat([Buffer.from('\r\n'), body])
  const found: Buffer[] = []
  let start = whole.indexOf(delimiter)
  while (start >= 0) {
    const end = whole.indexOf(delimiter, start + delimiter.length)
    if (end < 0) break
    const part = whole.subarray(start + delimiter.length, end)
    const gap = part.indexOf('\r\n\r\n')
    const head = part.subarray(0, Math.max(gap, 0)).toString()
    const [, named] = /^content-disposition:\s*form-data\s*;.*?\bname="([^"]*)"/im.exec(head) ?? []
    if (named === name) found.push(part.subarray(gap + 4))
    start = end
  }
  const [bytes] = found
  if (!bytes || found.length > 1) throw paramError('body', name, bytes ? 'occurs more than once' : 'missing')
  return bytes
}

/** Whether the request is a multipart form. */
export function isForm({ headers }: RequestRecord): boolean {
  return /^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '')
}

function boundaryOf({ headers }: RequestRecord): string {
  const type = headers['content-type'] ?? ''
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type) ?? []
  const boundary = quoted ?? plain
  if (!boundary) throw paramError('header', 'Content-Type', 'must have a boundary')
  return boundary
}

/** WeChat Pay's Go SDK ends a part's Content-Disposition with a semicolon, which undici does not accept. */
function withoutTrailingSemicolons(body: Buffer, boundary: string): Buffer {
  const escaped = boundary.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  const line = new RegExp(`(--${escaped}\\r\\ncontent-disposition:[^\\r\\n]*?);[ \\t]*(?=\\r\\n)`, 'gi')
  return Buffer.from(body.toString('latin1').replace(line, '$1'), 'latin1')
}
