import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { notificationPage, separator } from '../support/page.ts'
import { outline, placeOf, read } from '../support/read.ts'

const file = 'webhook/v3/PEN.SOLD.md'
const cipher = '| ciphertext {data-required data-indent=2} | string {data-encrypted=by-aes-gcm} | 密文'

test('rows after the ciphertext are the plaintext, not part of the envelope', () => {
  const { notifications, findings, page } = read(
    notificationPage({
      plaintext: ['| pen {data-required data-indent=3} | object | 笔', '| ink {data-indent=4} | string | 墨'],
    }),
    file,
  )
  assert.equal(findings, [])
  assert.is(page.kind, 'notification')
  const [notification] = notifications
  assert.is(notification!.event, 'PEN.SOLD')
  assert.equal(
    notification!.plaintexts.map((fields) => outline(fields)),
    [['pen object!', '  ink string']],
  )
  assert.equal(
    outline(notification!.body).filter((one) => one.includes('>')),
    [],
  )
  assert.equal(outline(notification!.headers), ['Wechatpay-Serial string!'])
  assert.equal(outline(notification!.reply), ['code string'])
})

test('rows after a field other than the ciphertext are the plaintext too, with a warning', () => {
  const text = notificationPage({
    resource: [
      cipher,
      '| original_type {data-indent=2} | string | 原始类型',
      separator,
      '| pen {data-indent=3} | string | 笔',
    ],
  })
  const { notifications, findings } = read(text, file)
  assert.equal(outline(notifications[0]!.plaintexts[0]!), ['pen string'])
  assert.match(findings.join(), `${placeOf(text, 'original_type')} warning line-owner-order`)
})

test('several plaintexts beside the ciphertext are alternatives', () => {
  const text = notificationPage({
    resource: [
      cipher,
      separator,
      '| original_data {data-indent=2} | object | 甲',
      '| a {data-indent=3} | string | 甲',
      separator,
      '| original_data {data-indent=2} | object | 乙',
      '| b {data-indent=3} | string | 乙',
    ],
  })
  const { notifications, findings } = read(text, file)
  assert.equal(
    notifications[0]!.plaintexts.map((fields) => outline(fields)),
    [['a string'], ['b string']],
  )
  assert.equal(
    outline(notifications[0]!.body).filter((one) => one.includes('original_data')),
    [],
  )
  assert.match(findings.join(), `${placeOf(text, 'original_data', '甲')} info field-alternatives`)
})

test('rows of the plaintext that lost their indent get it back, with a warning', () => {
  const text = notificationPage({
    plaintext: [
      '| pen {data-indent=3} | object | 笔',
      '| maker {data-indent=3} | string | 厂',
      '| year {data-indent=4} | string | 年',
      '| box | object | 盒',
      '| size {data-indent=4} | string | 号',
    ],
  })
  const { notifications, findings } = read(text, file)
  assert.equal(outline(notifications[0]!.plaintexts[0]!), [
    'pen object',
    '  maker string',
    '  year string',
    'box object',
    '  size string',
  ])
  assert.equal(findings, [
    `${placeOf(text, 'year {')} warning parent-scalar-repaired year and the row before it were put into pen`,
    `${placeOf(text, 'box |')} warning indent-lost box has no data-indent; read with data-indent=3`,
  ])
})

test('a root row that is neither head nor body, and a body without resource, are errors', () => {
  const stray = notificationPage({}).replace(
    '| body {data-required}',
    '| tail | object | 尾\n| body {data-required}',
  )
  assert.match(read(stray, file).findings.join(), `${placeOf(stray, 'tail')} error root-unknown`)
  const bare = notificationPage({}).replace('| resource {', '| source {')
  assert.match(read(bare, file).findings.join(), `${placeOf(bare, 'body {')} error root-unknown`)
  assert.equal(
    [stray, bare].flatMap((text) => read(text, file).notifications),
    [],
  )
})

test('the event is the file name, which must be the type of an event and agree with the table', () => {
  const text = notificationPage({})
  assert.match(
    read(text, 'webhook/v3/PEN.LENT.md').findings.join(),
    `${placeOf(text, 'event_type')} error event-name`,
  )
  for (const name of ['pen.md', '9.md', '__proto__.md', '..md', 'A*B.md', 'PEN..SOLD.md', '页.md']) {
    const { notifications, findings } = read(
      notificationPage({ event: name.slice(0, -3) }),
      `webhook/v3/${name}`,
    )
    assert.match(findings.join(), 'error event-name', name)
    assert.equal(notifications, [])
  }
  const both = text.replace('`PEN.SOLD` 枚举值', '`PEN.SOLD` \\| `PEN.LENT` 枚举值之一')
  assert.is(read(both, file).notifications.length, 1)
})

test('a notification has one table of each kind, and a page has one notification', () => {
  const text = notificationPage({})
  const second = text.slice(text.indexOf('| 应答规范'))
  assert.match(read(`${text}\n${second}`, file).findings.join(), 'error table-duplicate')
  const again = text.slice(text.indexOf('# {{'))
  const { notifications, findings } = read(`${text}\n${again}`, file)
  assert.is(notifications.length, 1)
  assert.match(findings.join(), 'error operation-duplicate')
})

test.run()
