import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type CompiledPage, type Documentation, readDocumentation } from '../../../codegen/docs/read.ts'
import { RenderMemory } from '../../../codegen/run/memory.ts'
import { renderDocuments } from '../../../codegen/run/render.ts'
import { compile } from '../../../codegen/spec/compile.ts'

// Real changes of real pages: each must change its own domain, in its own place, and nothing else.
const docs = process.env['DOCS']
const history = docs && join(docs, '../docs-history')

interface Story {
  name: string
  domain: string
  /** Lines of the spec that go, and that come. */
  removed: RegExp[]
  added: RegExp[]
}

const stories: Story[] = [
  {
    name: 'request-field-removed',
    domain: 'fund-app',
    removed: [
      /^ *- openid$/,
      /^ *openid:$/,
      /^ *type: string$/,
      /^ *description: 收款用户OpenID$/,
      /^ *openid: o-MYE/,
    ],
    added: [],
  },
  {
    name: 'required-query-added',
    domain: 'merchantfund',
    removed: [],
    added: [
      /name: date$/,
      /in: query$/,
      /required: true$/,
      /description: 日期$/,
      /schema:$/,
      /type: string$/,
      /example: "2019-06-11"$/,
    ],
  },
  {
    name: 'response-enum-widened',
    domain: 'marketing',
    removed: [],
    added: [
      /- DELETED$/,
      /- DEACTIVATED$/,
      /- PENDING_REDEEM$/,
      /- REDEEM_CONFIRMING$/,
      /- REDEEM_FAILED$/,
      /- REDEEM_EXPIRED$/,
    ],
  },
]

function replaced(documentation: Documentation, pages: CompiledPage[]): Documentation {
  const others = documentation.pages.filter(({ file }) => !pages.some((page) => page.file === file))
  return { ...documentation, pages: [...others, ...pages] }
}

// The lines of one text that are not in the other, each as often as it is missing there.
function missing(lines: string[], from: string[]): string[] {
  const left = [...from]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const whole = docs && history && existsSync(history) ? await readDocumentation(docs) : undefined

test('the histories are replayed when the documentation is available', () => {
  if (whole)
    assert.equal(
      readdirSync(history!).sort(),
      ['operation-renamed', ...stories.map(({ name }) => name)].sort(),
    )
})

for (const { name, domain, removed, added } of whole ? stories : []) {
  test(`${name}: only the places touched change`, async () => {
    const store = new RenderMemory()
    const render = async (side: string) => {
      const { pages } = await readDocumentation(join(history!, name, side))
      return renderDocuments(compile(replaced(whole!, pages)).documents, { store })
    }
    const [before, after] = [await render('before'), await render('after')]
    const changed = [...after.keys()].filter((file) => before.get(file) !== after.get(file))
    assert.ok(changed.includes(`spec/${domain}.yaml`))
    const own = new RegExp(`^(spec/${domain}\\.yaml|generated/${domain}/\\w+\\.ts)$`)
    assert.equal(
      changed.filter((file) => !own.test(file)),
      [],
    )
    const [old, now] = [before, after].map((files) => files.get(`spec/${domain}.yaml`)!.split('\n'))
    const gone = missing(old!, now!)
    const come = missing(now!, old!)
    for (const line of gone)
      assert.ok(
        removed.some((one) => one.test(line)),
        `${name} removes ${line}`,
      )
    for (const line of come)
      assert.ok(
        added.some((one) => one.test(line)),
        `${name} adds ${line}`,
      )
    assert.is(gone.length, removed.length)
    assert.is(come.length, added.length)
  })
}

if (whole) {
  test('operation-renamed: the old path names the new one', async () => {
    const documents = async (side: string) => {
      const { pages } = await readDocumentation(join(history!, 'operation-renamed', side))
      // Today's pages have the new operation: before the change there was none.
      const others = whole!.pages.filter(({ file }) => !file.includes('/card-member/'))
      return compile({ ...whole!, pages: [...others, ...pages] }).documents
    }
    const [before, after] = [
      (await documents('before')).get('brand')!,
      (await documents('after')).get('brand')!,
    ]
    const old = '/v3/brand/partner/card-member/open-user-card-tokens'
    const now = '/v3/brand/partner/card-member/pre-auth-tokens'
    assert.ok(before.paths![old]?.post)
    assert.equal(after.paths![old], { 'x-superseded-by': now })
    assert.ok(after.paths![now]?.post)
  })
}

test.run()
