import { advice, why } from './phrases.ts'
import { type Rule, text } from './rule.ts'

const requestRules = [
  {
    id: 'new-required-request-property',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text('required request property `{name}` was added', '新增必填的请求字段 `{name}`'),
    why: why.refusedWithout,
    advice: advice.send,
    mirror: ['request-property-removed', 'request-property-undocumented', 'request-property-forbidden'],
  },
  {
    id: 'new-optional-request-property',
    direction: 'request',
    wire: 'info',
    types: 'info',
    sentence: text('optional request property `{name}` was added', '新增选填的请求字段 `{name}`'),
    why: why.acceptedWithout,
    advice: advice.useIt,
    mirror: ['request-property-removed', 'request-property-undocumented', 'request-property-forbidden'],
  },
  {
    id: 'request-property-removed',
    direction: 'request',
    wire: 'warning',
    types: 'breaking',
    sentence: text('request property `{name}` was removed', '请求字段 `{name}` 已移除'),
    why: text(
      'An unknown property is ignored, but an object literal that contains it no longer compiles.',
      '未知字段会被忽略，但包含它的对象字面量无法编译。',
    ),
    advice: advice.stop,
    mirror: ['new-required-request-property', 'new-optional-request-property'],
  },
  {
    id: 'request-property-forbidden',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text(
      'request property `{name}` was removed from an object that accepts no other properties',
      '请求字段 `{name}` 已移除，且其所在对象不接受其他字段',
    ),
    why: text(
      '`additionalProperties: false`: requests with it are refused.',
      '`additionalProperties: false`：带有该字段的请求会被拒绝。',
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
      'request property `{name}` is no longer documented; its object accepts any property',
      '请求字段 `{name}` 不再有文档说明；其所在对象接受任意字段',
    ),
    why: text(
      'An object that documents no properties, or allows any, still accepts it in the types.',
      '未列出字段或允许任意字段的对象，在类型上仍接受它。',
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
      'request property `{name}` is now documented; its object accepted any property',
      '请求字段 `{name}` 有了文档说明；其所在对象此前接受任意字段',
    ),
    why: text(
      'Object literals that do not match no longer compile; values of type `Record<string, unknown>` still do.',
      '不匹配的对象字面量无法编译；`Record<string, unknown>` 类型的值仍可编译。',
    ),
    advice: advice.compile,
    mirror: ['request-property-undocumented', 'request-property-forbidden'],
  },
  {
    id: 'request-property-became-required',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text('request property `{name}` became required', '请求字段 `{name}` 变为必填'),
    why: why.refusedWithout,
    advice: advice.send,
    mirror: ['request-property-became-optional'],
  },
  {
    id: 'request-property-became-optional',
    direction: 'request',
    wire: 'info',
    types: 'info',
    sentence: text('request property `{name}` became optional', '请求字段 `{name}` 变为选填'),
    why: why.acceptedWith,
    advice: advice.nothing,
    mirror: ['request-property-became-required'],
  },
  {
    id: 'request-property-renamed',
    direction: 'request',
    wire: 'warning',
    types: 'breaking',
    sentence: text('request property `{before}` is now `{after}`', '请求字段 `{before}` 改名为 `{after}`'),
    why: why.oldNameIgnored,
    advice: advice.rename,
    mirror: ['request-property-renamed', 'request-required-property-renamed'],
  },
  {
    id: 'request-required-property-renamed',
    direction: 'request',
    wire: 'breaking',
    types: 'breaking',
    sentence: text(
      'request property `{before}` is now `{after}`, which is required',
      '请求字段 `{before}` 改名为必填的 `{after}`',
    ),
    why: why.newNameRequired,
    advice: advice.rename,
    mirror: ['request-required-property-renamed', 'request-property-renamed'],
  },
] as const satisfies readonly Rule[]

function receivedRules<const From extends 'response' | 'notification'>(direction: From, zh: string) {
  const added = [`${direction}-required-property-added`, `${direction}-optional-property-added`] as const
  const removed = [
    `${direction}-required-property-removed`,
    `${direction}-optional-property-removed`,
    `${direction}-property-undocumented`,
    `${direction}-required-property-undocumented`,
  ] as const
  return [
    {
      id: `${direction}-required-property-added`,
      direction,
      wire: 'info',
      types: 'info',
      sentence: text(
        `${direction} property \`{name}\` was added and is always present`,
        `新增${zh}字段 \`{name}\`，总会出现`,
      ),
      why: why.unknownIgnored,
      advice: advice.useIt,
      mirror: removed,
    },
    {
      id: `${direction}-optional-property-added`,
      direction,
      wire: 'info',
      types: 'info',
      sentence: text(`optional ${direction} property \`{name}\` was added`, `新增可选的${zh}字段 \`{name}\``),
      why: why.unknownIgnored,
      advice: advice.useIt,
      mirror: removed,
    },
    {
      id: `${direction}-required-property-removed`,
      direction,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(
        `${direction} property \`{name}\`, which was always present, was removed`,
        `${zh}字段 \`{name}\` 已移除，此前总会出现`,
      ),
      why: text('Apps get nothing where there was always a value.', '应用在原先必有值的地方取不到值。'),
      advice: advice.absent,
      mirror: added,
    },
    {
      id: `${direction}-optional-property-removed`,
      direction,
      wire: 'warning',
      types: 'breaking',
      sentence: text(
        `optional ${direction} property \`{name}\` was removed`,
        `可选的${zh}字段 \`{name}\` 已移除`,
      ),
      why: text(
        'Deployed apps already had to handle its absence; code that reads it no longer compiles.',
        '已上线的应用本就需要处理它缺失的情况；读取它的代码无法编译。',
      ),
      advice: advice.compile,
      mirror: added,
    },
    {
      id: `${direction}-required-property-undocumented`,
      direction,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(
        `${direction} property \`{name}\`, which was always present, is no longer documented; its object may contain any property`,
        `${zh}字段 \`{name}\` 不再有文档说明，此前总会出现；其所在对象可包含任意字段`,
      ),
      why: text(
        'It may still be present, typed `unknown`, but this is no longer guaranteed.',
        '它可能仍会返回，类型为 `unknown`，但不再有保证。',
      ),
      advice: advice.absent,
      mirror: added,
    },
    {
      id: `${direction}-property-undocumented`,
      direction,
      wire: 'warning',
      types: 'breaking',
      sentence: text(
        `${direction} property \`{name}\` is no longer documented; its object may contain any property`,
        `${zh}字段 \`{name}\` 不再有文档说明；其所在对象可包含任意字段`,
      ),
      why: text('It may still be present, typed `unknown`.', '它可能仍会返回，类型为 `unknown`。'),
      advice: advice.check,
      mirror: added,
    },
    {
      id: `${direction}-property-became-optional`,
      direction,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(`${direction} property \`{name}\` became optional`, `${zh}字段 \`{name}\` 变为可选`),
      why: text(
        'Apps may get nothing where there was always a value.',
        '应用在原先必有值的地方可能取不到值。',
      ),
      advice: advice.absent,
      mirror: [`${direction}-property-became-required`],
    },
    {
      id: `${direction}-property-became-required`,
      direction,
      wire: 'info',
      types: 'info',
      sentence: text(
        `${direction} property \`{name}\` is now always present`,
        `${zh}字段 \`{name}\` 现在总会出现`,
      ),
      why: text('It was optional before.', '此前为可选。'),
      advice: advice.nothing,
      mirror: [`${direction}-property-became-optional`],
    },
    {
      id: `${direction}-property-renamed`,
      direction,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(
        `${direction} property \`{before}\` is now \`{after}\``,
        `${zh}字段 \`{before}\` 改名为 \`{after}\``,
      ),
      why: text('Apps get nothing under the old name.', '应用按旧名称取不到值。'),
      advice: text('Read both names, deploy, then upgrade.', '先兼容读取新旧两个名称并上线，再升级。'),
      mirror: [`${direction}-property-renamed`],
    },
  ] as const satisfies readonly Rule[]
}

/** Properties that come, go, are renamed, or become required or optional. */
export const propertyRules = [
  ...requestRules,
  ...receivedRules('response', '应答'),
  ...receivedRules('notification', '通知'),
]
