import { advice } from './advice.ts'
import { type Rule, text } from './rule.ts'

const ignored = text(
  'What is no longer known is ignored; written out in an object literal it no longer compiles.',
  '不再认识的字段会被忽略；写在对象字面量中则无法编译。',
)

/** Changes of the properties of what is sent. */
const sent: readonly Rule[] = [
  {
    id: 'new-required-request-property',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text('the request property `{name}` is new and required', '新增必填请求字段 `{name}`'),
    why: text('Requests without it are refused.', '缺少该字段的请求将被拒绝。'),
    advice: advice.send,
    mirror: ['request-property-removed', 'request-property-undocumented', 'request-property-forbidden'],
  },
  {
    id: 'new-optional-request-property',
    direction: 'request',
    wire: 'info',
    types: 'info',
    sentence: text('the request property `{name}` is new and optional', '新增选填请求字段 `{name}`'),
    why: text('Requests without it are accepted as before.', '不带该字段的请求照常被接受。'),
    advice: advice.useIt,
    mirror: ['request-property-removed', 'request-property-undocumented', 'request-property-forbidden'],
  },
  {
    id: 'request-property-removed',
    direction: 'request',
    wire: 'warning',
    types: 'breaking',
    sentence: text('the request property `{name}` was removed', '请求字段 `{name}` 已移除'),
    why: ignored,
    advice: advice.stop,
    mirror: ['new-required-request-property', 'new-optional-request-property'],
  },
  {
    id: 'request-property-forbidden',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text(
      'the request property `{name}` was removed from an object that accepts no others',
      '请求字段 `{name}` 已从不接受其他字段的对象中移除',
    ),
    why: text(
      '`additionalProperties: false`: requests with it are refused.',
      '`additionalProperties: false`：带有该字段的请求将被拒绝。',
    ),
    advice: advice.stop,
    mirror: ['new-required-request-property', 'new-optional-request-property'],
  },
  {
    id: 'request-property-undocumented',
    direction: 'request',
    wire: 'warning',
    types: 'info',
    sentence: text(
      'the request property `{name}` is no longer documented; its object takes any',
      '请求字段 `{name}` 不再有文档说明；其所在对象接受任意字段',
    ),
    why: text(
      'Where no property is told, or any is allowed, the types take it still.',
      '对象未列出字段或允许任意字段时，类型仍接受它。',
    ),
    advice: advice.check,
    mirror: ['request-property-documented', 'new-required-request-property', 'new-optional-request-property'],
  },
  {
    id: 'request-property-documented',
    direction: 'request',
    wire: 'info',
    types: 'warning',
    sentence: text(
      'the request property `{name}` of an object that took any is documented',
      '接受任意字段的对象中，请求字段 `{name}` 有了文档说明',
    ),
    why: text(
      'Literals that do not fit no longer compile; a value typed as `Record<string, unknown>` still does.',
      '不匹配的字面量无法编译；类型为 `Record<string, unknown>` 的值仍可编译。',
    ),
    advice: advice.compile,
    mirror: ['request-property-undocumented', 'request-property-forbidden'],
  },
  {
    id: 'request-property-became-required',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text('the request property `{name}` became required', '请求字段 `{name}` 变为必填'),
    why: text('Requests without it are refused.', '缺少该字段的请求将被拒绝。'),
    advice: advice.send,
    mirror: ['request-property-became-optional'],
  },
  {
    id: 'request-property-became-optional',
    direction: 'request',
    wire: 'info',
    types: 'info',
    sentence: text('the request property `{name}` became optional', '请求字段 `{name}` 变为选填'),
    why: text('Requests with it are accepted as before.', '带有该字段的请求照常被接受。'),
    advice: advice.nothing,
    mirror: ['request-property-became-required'],
  },
  {
    id: 'request-property-renamed',
    direction: 'request',
    wire: 'warning',
    types: 'breaking',
    sentence: text(
      'the request property `{before}` is now `{after}`',
      '请求字段 `{before}` 更名为 `{after}`',
    ),
    why: text('The old name is ignored.', '旧名称会被忽略。'),
    advice: text('Send the new name; upgrade and follow the compiler.', '改用新名称；升级后按编译错误修改。'),
    mirror: ['request-property-renamed', 'request-required-property-renamed'],
  },
  {
    id: 'request-required-property-renamed',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text(
      'the request property `{before}` is now `{after}`, which is required',
      '请求字段 `{before}` 更名为必填的 `{after}`',
    ),
    why: text('Requests without the new name are refused.', '不带新名称的请求将被拒绝。'),
    advice: text('Send the new name; upgrade and follow the compiler.', '改用新名称；升级后按编译错误修改。'),
    mirror: ['request-required-property-renamed', 'request-property-renamed'],
  },
]

/** Changes of the properties of what is received, in a response or a notification. */
function received(direction: 'response' | 'notification', en: string, zh: string): Rule[] {
  const rule = (rule: Omit<Rule, 'direction'>): Rule => ({ direction, ...rule })
  const added = [`${direction}-required-property-added`, `${direction}-optional-property-added`]
  const removed = [
    `${direction}-required-property-removed`,
    `${direction}-optional-property-removed`,
    `${direction}-property-undocumented`,
    `${direction}-required-property-undocumented`,
  ]
  return [
    rule({
      id: added[0]!,
      wire: 'info',
      types: 'info',
      sentence: text(`the ${en} property \`{name}\` is new and always there`, `新增必有${zh}字段 \`{name}\``),
      why: text('Readers ignore what they do not know.', '读取方会忽略不认识的字段。'),
      advice: advice.useIt,
      mirror: removed,
    }),
    rule({
      id: added[1]!,
      wire: 'info',
      types: 'info',
      sentence: text(`the ${en} property \`{name}\` is new and optional`, `新增可选${zh}字段 \`{name}\``),
      why: text('Readers ignore what they do not know.', '读取方会忽略不认识的字段。'),
      advice: advice.useIt,
      mirror: removed,
    }),
    rule({
      id: removed[0]!,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(
        `the ${en} property \`{name}\`, always there, was removed`,
        `必有的${zh}字段 \`{name}\` 已移除`,
      ),
      why: text('The app reads nothing where a value always was.', '应用在原先必有值之处读不到值。'),
      advice: advice.absent,
      mirror: added,
    }),
    rule({
      id: removed[1]!,
      wire: 'warning',
      types: 'breaking',
      sentence: text(
        `the optional ${en} property \`{name}\` was removed`,
        `可选的${zh}字段 \`{name}\` 已移除`,
      ),
      why: text(
        'A deployed app had to live without it already; code that reads it no longer compiles.',
        '已上线的应用本就须处理其缺失；读取它的代码无法编译。',
      ),
      advice: advice.compile,
      mirror: added,
    }),
    rule({
      id: removed[3]!,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(
        `the ${en} property \`{name}\`, always there, is no longer documented; its object may hold any`,
        `必有的${zh}字段 \`{name}\` 不再有文档说明；其所在对象可含任意字段`,
      ),
      why: text(
        'It may still come, as `unknown`, but nothing promises it.',
        '它可能仍会返回，类型为 `unknown`，但不再有保证。',
      ),
      advice: advice.absent,
      mirror: added,
    }),
    rule({
      id: removed[2]!,
      wire: 'warning',
      types: 'breaking',
      sentence: text(
        `the ${en} property \`{name}\` is no longer documented; its object may hold any`,
        `${zh}字段 \`{name}\` 不再有文档说明；其所在对象可含任意字段`,
      ),
      why: text('It may still come, as `unknown`.', '它可能仍会返回，类型为 `unknown`。'),
      advice: advice.check,
      mirror: added,
    }),
    rule({
      id: `${direction}-property-became-optional`,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(`the ${en} property \`{name}\` became optional`, `${zh}字段 \`{name}\` 变为可选`),
      why: text('The app may read nothing where a value always was.', '应用可能在原先必有值之处读不到值。'),
      advice: advice.absent,
      mirror: [`${direction}-property-became-required`],
    }),
    rule({
      id: `${direction}-property-became-required`,
      wire: 'info',
      types: 'info',
      sentence: text(`the ${en} property \`{name}\` is always there now`, `${zh}字段 \`{name}\` 变为必有`),
      why: text('A promise more.', '承诺更强了。'),
      advice: advice.nothing,
      mirror: [`${direction}-property-became-optional`],
    }),
    rule({
      id: `${direction}-property-renamed`,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(
        `the ${en} property \`{before}\` is now \`{after}\``,
        `${zh}字段 \`{before}\` 更名为 \`{after}\``,
      ),
      why: text('The app reads nothing under the old name.', '应用用旧名称读不到值。'),
      advice: text('Read both names, deploy, then upgrade.', '先兼容读取两个名称并上线，然后升级。'),
      mirror: [`${direction}-property-renamed`],
    }),
  ]
}

/** Changes of the set of properties. */
export const propertyRules: readonly Rule[] = [
  ...sent,
  ...received('response', 'response', '响应'),
  ...received('notification', 'notification', '通知'),
]
