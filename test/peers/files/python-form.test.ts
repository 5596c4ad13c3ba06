import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeForm } from '../../../src/files/form.ts'
import { traitsOf } from '../../support/table.ts'

/** Python's own MIME parser, which shares no code with Node's. */
const parser = `
import email.parser, email.policy, hashlib, json, sys
head, body = sys.stdin.buffer.read().split(b"\\0", 1)
message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(b"Content-Type: " + head + b"\\r\\n\\r\\n" + body)
parts = []
for part in message.iter_parts():
    content = part.get_payload(decode=True)
    parts.append({
        "name": part.get_param("name", header="content-disposition"),
        "filename": part.get_filename(),
        "type": part.get_content_type(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    })
json.dump({"defects": [str(d) for d in message.defects], "parts": parts}, sys.stdout)
`

const files: [filename: string, bytes: Uint8Array, type: string][] = [
  ['a.jpg', crypto.getRandomValues(new Uint8Array(60_000)), 'image/jpeg'],
  [
    '图 片.png',
    Buffer.from('\r\n--wechatpay-fetch\r\nContent-Disposition: form-data; name="meta"\r\n\r\n{}\r\n'),
    'image/png',
  ],
  ['lines.csv', Buffer.from('a\nb\r\nc\rd\r\n'), 'text/csv'],
  ['one', Buffer.from([0]), 'application/octet-stream'],
]

for (const [filename, bytes, type] of files) {
  test(`Python reads ${filename} back`, async () => {
    const operation = 'POST /v3/merchant/media/upload'
    const written = await writeForm({ file: bytes, meta: { filename } }, traitsOf(operation).form!, operation)
    const input = Buffer.concat([Buffer.from(`${written.contentType}\0`), written.body])
    const { stdout, stderr, status } = spawnSync('python3', ['-c', parser], { input, encoding: 'utf8' })
    assert.is(status, 0, stderr)
    const { defects, parts } = JSON.parse(stdout)
    assert.equal(defects, [])
    const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
    const [meta, file] = parts
    assert.is(parts.length, 2)
    assert.equal([meta.name, meta.type, meta.sha256], ['meta', 'application/json', sha256(written.signed)])
    assert.equal([file.name, file.type, file.size], ['file', type, bytes.length])
    assert.is(file.sha256, sha256(bytes))
    assert.is(file.sha256, JSON.parse(written.signed).sha256)
    if (/^[ -~]+$/.test(filename)) assert.is(file.filename, filename)
  })
}

test.run()
