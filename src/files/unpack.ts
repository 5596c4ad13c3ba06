import { concat, toHex } from '../bytes.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { gunzip, requireGunzip } from './gunzip.ts'

// Enough that other bytes than text are not taken for it by chance.
const looked = 64

/**
 * Unpacks a bill as a stream, if its first bytes are those of gzip. It may be plain where gzip was asked for: `fetch` has
 * unpacked it already, when something on the way labelled it `Content-Encoding: gzip`, or it was never packed.
 *
 * Nothing is read ahead of the reader. An error of the file's own stream is passed on, and cancelling cancels it.
 *
 * @param decrypted whether it was encrypted, so that its tag shows that it is WeChat Pay's
 * @param context for messages
 * @throws {VerificationError} ERR_RESPONSE_MALFORMED, as the stream's error, for a file that is neither gzip nor text, and
 *   for damaged gzip
 */
export function unpack(
  file: ReadableStream<Uint8Array>,
  decrypted: boolean,
  context: ErrorContext,
): ReadableStream<Uint8Array> {
  const packed = file.getReader()
  let content: ReadableStreamDefaultReader<Uint8Array> | undefined

  async function open(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    let head: Uint8Array = new Uint8Array()
    let ended = false
    while (head.length < looked && !ended) {
      const { done, value } = await packed.read()
      if (done) ended = true
      else head = concat([head, value])
    }
    const whole = prepended(head, packed)
    if (isGzip(head)) {
      requireGunzip(context)
      return gunzip(whole, context).getReader()
    }
    const finding = decrypted ? wrongPlaintext(head) : wrongFile(head)
    if (finding) {
      const [problem, hint] = finding
      throw new VerificationError('ERR_RESPONSE_MALFORMED', problem, { ...context, hint })
    }
    return whole.getReader()
  }

  return new ReadableStream(
    {
      async pull(controller) {
        content ??= await open().catch((reason) => {
          packed.cancel(reason).catch(() => {})
          throw reason
        })
        const { done, value } = await content.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => (content ?? packed).cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** A stream again, with the bytes that were read before the rest. */
function prepended(
  head: Uint8Array,
  rest: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  let next: Uint8Array | undefined = head
  return new ReadableStream(
    {
      async pull(controller) {
        const { value } = next?.length ? { value: next } : await rest.read()
        next = undefined
        if (value) controller.enqueue(value)
        else controller.close()
      },
      cancel: (reason) => rest.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

// RFC 1952, 2.3.1: two bytes that identify it, and the only method of compression.
function isGzip(head: Uint8Array): boolean {
  return toHex(head.subarray(0, 3)) === '1f8b08'
}

type Finding = readonly [problem: string, hint: string] | undefined

function wrongPlaintext(head: Uint8Array): Finding {
  if (textOf(head) !== undefined) return undefined
  return [
    'the file was decrypted to neither gzip nor text',
    'Do not use it. key and nonce must be encrypt_key and nonce of the entry that has its download_url',
  ]
}

function wrongFile(head: Uint8Array): Finding {
  const again = 'Do not use its content: download it again'
  if (head.length === 0) return ['the file is empty', again]
  const text = textOf(head)
  if (text === undefined) {
    return [
      'the file is neither gzip nor text, so it is probably encrypted',
      'If the response that named it has encrypt_key, pass decrypt or use downloadBills. If it is another kind of file, pass gzip: false',
    ]
  }
  return /^\s*[{<[]/.test(text) ? ['the file is JSON, XML or HTML, not a bill', again] : undefined
}

/** The text that a file begins with, or undefined. A part of a bill may begin and end within a character. */
function textOf(head: Uint8Array): string | undefined {
  let start = 0
  while (start < 3 && head[start]! >> 6 === 2) start++
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(start), { stream: true })
  } catch {
    return undefined
  }
}
