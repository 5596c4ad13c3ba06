import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { processorTime } from '../../../support/processor-time.ts'
import { object, requesting } from '../support/spec.ts'

const named = (count: number, prefix: string, labelled: boolean) =>
  requesting(
    object(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `${prefix}${index}`,
          { type: 'string', ...(labelled && { description: `标签${index}` }) },
        ]),
      ),
    ),
  )

for (const labelled of [true, false]) {
  test(`the time for renamed properties grows with their number, ${labelled ? 'with' : 'without'} labels`, () => {
    const time = (count: number) =>
      Math.min(
        ...Array.from({ length: 3 }, () => {
          const taken = processorTime()
          const { changes } = compare(named(count, 'abcdefg_', labelled), named(count, 'hijklmn_', labelled))
          assert.is(changes.length, labelled ? count : 2 * count)
          return taken()
        }),
      )
    time(500)
    const [few, many] = [time(1000), time(4000)]
    assert.ok(many < few * 10, `1,000 take ${few} ms, 4,000 take ${many} ms`)
  })
}

test.run()
