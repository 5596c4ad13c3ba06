import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BillSource, fen, parseBill, tradeBillTitles } from '../../../src/files/bills.ts'
import { digestStream } from '../../../src/files/digest-stream.ts'
import { thrownBy } from '../../support/thrown.ts'
import { fundFlow, readBill, trade } from './bill-samples.ts'
import { streamOf } from './read-all.ts'

function failureOf(lines: readonly string[] | string) {
  return thrownBy(() => readBill(typeof lines === 'string' ? lines : lines.join('\n')))
}

function without(lines: readonly string[], index: number): string[] {
  return lines.filter((_, i) => i !== index)
}

test('a trade bill: values by title, exactly as written', async () => {
  const { rows, summary } = await readBill(trade.join('\r\n'))
  assert.is(rows.length, 3)
  assert.equal(Object.keys(rows[0]!), [...tradeBillTitles])
  assert.is(rows[0]!['微信订单号'], '4200000145202601022300523655')
  assert.is(rows[0]!['商品名称'], '铅笔, 2B "硬"')
  assert.is(rows[0]!['商户数据包'], '{"a":1,"b":[2,3]}')
  assert.is(rows[0]!['设备号'], '')
  assert.is(rows[0]!['费率备注'], '')
  assert.is(rows[1]!['费率备注'], '活动费率')
  assert.is(rows[2]!['手续费'], '-0.60000')
  assert.is(rows[0]!['没有这一列'], undefined)
  assert.is(
    fen(summary['订单总金额']),
    rows.reduce((sum, row) => sum + fen(row['订单金额']), 0n),
  )
  assert.is(
    fen(summary['申请退款总金额']),
    rows.reduce((sum, row) => sum + fen(row['申请退款金额']), 0n),
  )
})

test('a fund flow bill', async () => {
  const { rows, summary } = await readBill(`\uFEFF${fundFlow.join('\n')}\n`)
  assert.is(rows[0]!['记账时间'], '2026-02-01 13:54:01')
  assert.is(fen(rows[0]!['收支金额(元)']), 1n)
  assert.is(summary['支出笔数'], '1')
})

test('a day without trade', async () => {
  const { rows, summary } = await readBill(
    [trade[0], trade[4], '`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00'].join('\n'),
  )
  assert.is(rows.length, 0)
  assert.is(summary['总交易单数'], '0')
})

const endings: [name: string, text: string][] = [
  ['CRLF, ended', `${trade.join('\r\n')}\r\n`],
  ['CRLF, not ended', trade.join('\r\n')],
  ['LF, ended twice', `${trade.join('\n')}\n\n`],
  ['a BOM', `\uFEFF${trade.join('\n')}`],
]

for (const [name, text] of endings) {
  test(`the same with ${name}, from each kind of source`, async () => {
    const expected = await readBill(trade.join('\n'))
    const bytes = new TextEncoder().encode(text)
    async function* pieces() {
      yield bytes.subarray(0, 100)
      yield bytes.subarray(100)
    }
    const sources: BillSource[] = [text, bytes, streamOf(bytes).stream, pieces()]
    for (const source of sources) assert.equal(await readBill(source), expected)
  })
}

test('required titles are strings in every row', async () => {
  const bill = parseBill(trade.join('\n'), { titles: ['订单金额', '商户订单号'] })
  let total = 0n
  const orders: string[] = []
  for await (const row of bill) {
    total += fen(row['订单金额'])
    orders.push(row['商户订单号'])
  }
  assert.is(total, 10_152n)
  assert.equal(orders, ['T1', 'T2', 'T2'])
})

test('missing titles are reported before the first row', async () => {
  const bill = parseBill(fundFlow.join('\n'), { titles: tradeBillTitles })
  const error = await thrownBy(async () => {
    for await (const _ of bill) assert.unreachable()
  })
  assert.match(error.message, /has no column 交易时间/)
})

test('a value may have line breaks, several and of either kind', async () => {
  for (const value of ['铅\n笔', '铅\r\n笔', '铅\n\n笔,\n', '\n铅笔']) {
    const lines = trade.map((line) => line.replace('铅笔, 2B "硬"', value))
    const { rows } = await readBill(lines.join('\n'))
    assert.is(rows[0]!['商品名称'], value)
    assert.is(rows.length, 3)
  }
})

test('a text with separators is that text, and no amount', async () => {
  for (const name of ['铅,`笔', ',`', '铅笔,`,`0.00000,`0.60%,`999.00,`0.00,`', ',`,`,`']) {
    const lines = [trade[0]!, trade[1]!.replace('铅笔, 2B "硬"', name), ...trade.slice(2)]
    const { rows } = await readBill(lines.join('\n'))
    assert.is(rows[0]!['商品名称'], name)
    assert.is(rows[0]!['商户数据包'], '{"a":1,"b":[2,3]}')
    assert.is(rows[0]!['订单金额'], '0.02')
  }
})

test('a row is handed out once it is whole: its last line may follow', async () => {
  const titles = '商户号,金额,描述'
  const summary = ['总笔数,总金额', '`1,`0.01']
  for (const [row, last] of [
    ['`1900007291,`0.01,`分账\n第二行', '分账\n第二行'],
    ['`1900007291,`0.01,`分账\n\n\r\n第二行\n三', '分账\n\n\r\n第二行\n三'],
  ] as const) {
    const { rows } = await readBill([titles, row, ...summary].join('\n'))
    assert.equal(rows, [{ 商户号: '1900007291', 金额: '0.01', 描述: last }])
  }
  // The commas of its first line are as many as a row without backquotes has.
  const { rows } = await readBill(['a,b,c', '`1,`x,y', 'z,`3', ...summary].join('\n'))
  assert.equal(rows, [{ a: '1', b: 'x,y\nz', c: '3' }])
})

test('a line that comes byte by byte is read in linear time', async () => {
  const time = async (length: number) => {
    const lines = [trade[0]!, trade[1]!.replace('铅笔', '笔'.repeat(length)), ...trade.slice(2)]
    async function* bytes() {
      for (const byte of new TextEncoder().encode(lines.join('\n'))) yield Uint8Array.of(byte)
    }
    const before = process.cpuUsage()
    assert.is((await readBill(bytes())).rows.length, 3)
    return process.cpuUsage(before).user
  }
  await time(1000)
  const [short, long] = [await time(10_000), await time(160_000)]
  assert.ok(long < short * 50, `${short} and ${long} µs`)
})

test('missing backquotes are tolerated when the number of commas fits the columns', async () => {
  const lines = ['商户号,金额,描述', '`1900007291,0.01,`分账', '总笔数,总金额', '`1,0.01']
  const { rows, summary } = await readBill(lines.join('\n'))
  assert.equal(rows, [{ 商户号: '1900007291', 金额: '0.01', 描述: '分账' }])
  assert.equal(summary, { 总笔数: '1', 总金额: '0.01' })
  const ambiguous = ['商户号,金额,描述', '`1900007291,0.01,`分,账', '总笔数,总金额', '`1,0.01']
  assert.is((await failureOf(ambiguous)).code, 'ERR_BILL_MALFORMED')
})

test('a summary may have several rows', async () => {
  const { summaries } = await readBill([...trade, '`3,`1.00,`0.00,`0.00,`0.00000,`1.00,`0.00'].join('\n'))
  assert.is(summaries.length, 2)
})

const broken: [name: string, lines: string[] | string, says: RegExp][] = [
  ['an empty text', '', /the bill is empty/],
  ['a BOM alone', '\uFEFF', /is not the titles/],
  ['titles alone', [trade[0]!], /ends without its summary/],
  ['rows without summary', trade.slice(0, 4), /ends without its summary/],
  ['titles of the summary alone', trade.slice(0, 5), /ends without its summary/],
  [
    'a row cut in the middle',
    [...trade.slice(0, 3), trade[3]!.slice(0, 100)],
    /line 4 of the bill is not a complete row/,
  ],
  [
    'a summary cut in the middle',
    [...trade.slice(0, 5), '`3,`100.02'],
    /line 6 of the bill is not a complete row/,
  ],
  ['a missing row', without(trade, 2), /2 rows, but 总交易单数 in its summary differs/],
  ['a repeated row', [trade[0]!, trade[1]!, ...trade.slice(1)], /has 4 rows/],
  ['a fund flow bill without its row', without(fundFlow, 1), /0 rows.*资金流水总笔数/],
  [
    'one value too many',
    [trade[0]!, `${trade[1]},\`more`, ...trade.slice(2)],
    /line 2 of the bill has 28 values for 27/,
  ],
  [
    'one value too few',
    [trade[0]!, trade[1]!.replace(',`CNY', ''), ...trade.slice(2)],
    /line 3.*before the previous one/,
  ],
  [
    'a separator in a value that is no text',
    [trade[0]!, trade[1]!.replace('NATIVE', 'NAT,`IVE'), ...trade.slice(2)],
    /28 values for 27/,
  ],
  ['two summaries', [...trade, ...trade.slice(4)], /line 7 of the bill is neither a row nor blank/],
  ['two columns with one title', ['a,b,a', '`1,`2,`3'], /two columns with the same title/],
  ['a column __proto__', ['a,__proto__', '`1,`2'], /not the titles/],
  ['an error of the API', '{"code":"NO_STATEMENT_EXIST","message":"x"}', /is JSON, XML or HTML/],
  ['an error of the older API', '<xml><return_code>FAIL</return_code></xml>', /is JSON, XML or HTML/],
  ['text', 'No Bill Exist', /not the titles/],
]

for (const [name, lines, says] of broken) {
  test(`${name} is a BillError`, async () => {
    const error = await failureOf(lines)
    assert.is(error.code, 'ERR_BILL_MALFORMED')
    assert.match(error.message, says)
    assert.not.match(error.message, /oDod|42000001452026/)
  })
}

test('gzip, another encoding and a cut character are refused', async () => {
  const gbk = Buffer.concat([
    Buffer.from('a,b\n`'),
    Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
    Buffer.from(',`1\n'),
  ])
  const cut = Buffer.from(trade.join('\n').replace('`3,`100', '`3,`中')).subarray(0, -60)
  for (const bytes of [Buffer.from([0x1f, 0x8b, 8, 0]), gbk, Buffer.concat([cut, Buffer.from([0xe4])])]) {
    const error = await thrownBy(() => readBill(bytes))
    assert.is(error.code, 'ERR_BILL_MALFORMED')
    assert.match(error.message, /not UTF-8/)
  }
})

test('a file that is not a bill is neither collected in memory nor scanned repeatedly', async () => {
  let taken = 0
  async function* endless(piece: string) {
    for (; taken < 10_000; taken++) yield new TextEncoder().encode(piece)
  }
  const long = await thrownBy(() => readBill(endless('x'.repeat(65_536))))
  assert.match(long.message, /line 1 of the bill is longer/)
  assert.ok(taken < 100)
  taken = 0
  async function* head() {
    yield new TextEncoder().encode('a,b,c\n`1,')
    yield* endless('x\n'.repeat(1000))
  }
  assert.match((await thrownBy(() => readBill(head()))).message, /is not the end of a row/)
  assert.ok(taken < 100)
})

test('the summary is known only at the end, and a bill can be read once', async () => {
  const bill = parseBill(trade.join('\n'))
  assert.throws(() => bill.summary, /to its end/)
  for await (const _ of bill) {
    assert.throws(() => bill.summary, /to its end/)
    break
  }
  assert.throws(() => bill.summary, /to its end/)
  assert.throws(() => bill[Symbol.asyncIterator](), /only be read once/)
})

test('leaving the loop early cancels the stream', async () => {
  const { stream, cancelled, taken } = streamOf(...trade.map((line) => new TextEncoder().encode(`${line}\n`)))
  let rows = 0
  for await (const _ of parseBill(stream)) if (++rows === 2) break
  assert.is(rows, 2)
  // The third row shows that the second is whole.
  assert.is(taken(), 4)
  assert.ok(cancelled())
})

test('the loop throws the error of a wrong digest at the end of the stream', async () => {
  const { stream } = streamOf(new TextEncoder().encode(trade.join('\n')))
  const checked = stream.pipeThrough(digestStream({ type: 'SHA1', value: '0'.repeat(40) }))
  let rows = 0
  const error = await thrownBy(async () => {
    for await (const _ of parseBill(checked)) rows++
  })
  assert.is(error.code, 'ERR_RESPONSE_DIGEST')
  assert.is(rows, 3)
})

test.run()
